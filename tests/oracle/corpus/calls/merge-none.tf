v = merge({}, {})
