v = {"for" = 1, "null" = 2}
