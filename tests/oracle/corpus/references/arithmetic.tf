v = var.a * 2 + local.b
