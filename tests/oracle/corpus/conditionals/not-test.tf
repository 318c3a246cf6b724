v = !true ? "a" : "b"
