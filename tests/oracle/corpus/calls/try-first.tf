v = try(1, 2)
