v = distinct([for x in ["a", "b", "a"] : x])
