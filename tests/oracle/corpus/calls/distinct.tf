v = distinct(["a", "b", "a"])
