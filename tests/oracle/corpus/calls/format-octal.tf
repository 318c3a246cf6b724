v = format("%o", 8)
