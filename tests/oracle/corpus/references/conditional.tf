v = var.x ? var.y : var.z
