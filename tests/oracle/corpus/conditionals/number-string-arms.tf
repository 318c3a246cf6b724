v = true ? 1 : "a"
