v = try({a = {}}.a.b.c, null)
