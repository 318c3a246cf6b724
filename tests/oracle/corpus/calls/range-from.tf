v = range(1, 4)
