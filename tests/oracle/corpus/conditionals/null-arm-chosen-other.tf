v = false ? null : "a"
