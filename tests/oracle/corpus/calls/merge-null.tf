v = merge({a = 1}, null)
