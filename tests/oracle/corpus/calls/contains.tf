v = contains(["a", "b"], "b")
