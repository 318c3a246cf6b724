v = substr("hello world", -5, -1)
