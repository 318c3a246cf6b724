v = [for x in [] : x]
