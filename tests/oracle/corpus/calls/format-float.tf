v = format("%.2f", 1.5)
