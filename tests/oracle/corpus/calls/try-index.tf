v = try(["a"][5], "none")
