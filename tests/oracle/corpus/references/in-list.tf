v = [var.a, "b", local.c]
