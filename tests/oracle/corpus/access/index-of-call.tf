v = split(",", "a,b")[1]
