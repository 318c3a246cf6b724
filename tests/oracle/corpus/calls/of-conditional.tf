v = upper(true ? "a" : "b")
