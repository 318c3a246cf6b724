v = pow(2, 8)
