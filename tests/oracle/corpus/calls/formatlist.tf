v = formatlist("%s.example", ["a", "b"])
