v = "  two  "
