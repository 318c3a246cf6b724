v = (var.a)
