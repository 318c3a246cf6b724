v = [for p in [["a", 1], ["b", 2]] : p[0]]
