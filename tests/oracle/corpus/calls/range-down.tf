v = range(3, 0, -1)
