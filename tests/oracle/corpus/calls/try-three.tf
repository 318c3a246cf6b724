v = try({}.a, {}.b, "c")
