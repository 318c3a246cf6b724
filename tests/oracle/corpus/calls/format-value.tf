v = format("%v", 1.5)
