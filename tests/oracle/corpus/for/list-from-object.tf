v = [for k, v in {b = 2, a = 1} : "${k}=${v}"]
