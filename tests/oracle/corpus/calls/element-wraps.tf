v = element(["a", "b", "c"], 4)
