v = abs(-5)
