upper = 1
