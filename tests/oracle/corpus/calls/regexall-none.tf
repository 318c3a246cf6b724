v = regexall("[0-9]", "ab")
