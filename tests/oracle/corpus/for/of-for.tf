v = [for y in [for x in [1, 2] : x + 1] : y * 10]
