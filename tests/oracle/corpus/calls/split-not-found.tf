v = split("/", "a-b")
