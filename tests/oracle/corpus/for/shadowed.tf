v = [for x in [1] : [for x in [2] : x]]
