v = [for x in [1, 2] : x * 10][1]
