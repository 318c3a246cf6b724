v = format("%d", 42)
