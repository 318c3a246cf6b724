v = split("-", var.region)[0]
