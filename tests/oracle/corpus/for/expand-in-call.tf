v = max([for x in [1, 5, 3] : x]...)
