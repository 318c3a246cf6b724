v = "a	b"
