v = ceil(1.1)
