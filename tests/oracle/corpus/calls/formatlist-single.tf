v = formatlist("%s-%s", "x", ["c", "d"])
