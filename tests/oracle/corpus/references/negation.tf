v = -var.a
