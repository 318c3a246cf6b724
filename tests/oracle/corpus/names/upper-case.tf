AbC = 1
