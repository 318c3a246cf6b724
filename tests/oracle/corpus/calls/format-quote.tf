v = format("%q", "a\"b")
