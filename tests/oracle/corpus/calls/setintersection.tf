v = setintersection(["a", "b"], ["b", "c"])
