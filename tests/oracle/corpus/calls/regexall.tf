v = regexall("[0-9]", "a1b2")
