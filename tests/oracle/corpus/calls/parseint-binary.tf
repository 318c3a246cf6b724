v = parseint("-101", 2)
