v = substr("abc", 1, 100)
