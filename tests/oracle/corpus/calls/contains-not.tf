v = contains(["a", "b"], "c")
