v = format("%x", 255)
