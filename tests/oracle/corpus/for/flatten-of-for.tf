v = flatten([for k, v in {a = [1], b = [2, 3]} : [for x in v : "${k}${x}"]])
