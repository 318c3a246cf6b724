v = chomp("a\r\n\n")
