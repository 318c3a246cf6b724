v = [for x in [1, 2] : x == 1 ? "one" : "other"]
