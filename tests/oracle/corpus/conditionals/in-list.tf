v = [true ? 1 : 2, false ? 1 : 2]
