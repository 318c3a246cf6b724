v = try({a = 1}.b, "other")
