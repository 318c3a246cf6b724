v = format("%b", 5)
