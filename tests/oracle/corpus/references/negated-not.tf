v = !var.a
