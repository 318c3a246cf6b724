v = true ? null : "a"
