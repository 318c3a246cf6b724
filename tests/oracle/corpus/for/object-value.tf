v = [for x in ["a"] : {name = x}]
