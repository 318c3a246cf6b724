v = max(1, 3, 2)
