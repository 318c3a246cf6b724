v = true ? "a" : 1
