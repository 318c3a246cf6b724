v = "x-${true ? "a" : "b"}"
