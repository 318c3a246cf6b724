v = 1 < 2 && 2 < 3 || false
