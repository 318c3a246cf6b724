v = substr("hello world", 1, 4)
