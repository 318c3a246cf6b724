v = element(["a", "b", "c"], 1)
