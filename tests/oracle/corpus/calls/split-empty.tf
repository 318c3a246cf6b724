v = split(",", "")
