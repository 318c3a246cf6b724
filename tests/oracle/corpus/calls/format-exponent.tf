v = format("%e", 1234.5)
