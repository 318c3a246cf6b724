v = floor(-1.9)
