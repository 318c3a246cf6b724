v = parseint("ff", 16)
