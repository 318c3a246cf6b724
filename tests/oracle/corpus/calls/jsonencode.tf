v = jsonencode({b = [1, true, null], a = "x"})
