v = {for = 1}
