v = true || false
