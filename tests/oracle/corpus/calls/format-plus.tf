v = format("%+d", 5)
