v = range(3)
