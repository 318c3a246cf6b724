v = format("%v", [1, "a"])
