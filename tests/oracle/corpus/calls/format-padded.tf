v = format("%05d", 42)
