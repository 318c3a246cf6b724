v = "a\tb\\c\"d\nf\r"
