v = "a\n${"b"}\n"
