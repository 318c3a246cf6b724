v = setunion(["b", "a"], ["c"])
