v = merge(var.maps...)
