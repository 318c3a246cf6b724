v = merge([for x in ["a", "b"] : {(x) = 1}]...)
