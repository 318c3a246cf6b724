v = trimspace("  a b \n")
