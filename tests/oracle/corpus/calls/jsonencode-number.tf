v = jsonencode(1.50)
