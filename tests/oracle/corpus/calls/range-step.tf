v = range(0, 10, 4)
