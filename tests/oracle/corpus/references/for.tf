v = [for k, v in var.m : "${k}-${v.x}" if v.y]
