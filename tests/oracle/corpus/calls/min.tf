v = min(1, 3, 2)
