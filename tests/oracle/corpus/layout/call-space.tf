v = max (1, 2)
