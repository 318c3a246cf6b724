v = format("%g", 1.5)
