v = formatlist("%s-%s", ["a", "b"], ["c", "d"])
