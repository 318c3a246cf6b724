v = var.a == "x" && !var.b
