v = sort(["b", "a", "C"])
