v = regexall("([a-z])([0-9])", "a1b2")
