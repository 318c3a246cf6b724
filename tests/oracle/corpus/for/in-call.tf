v = join(",", [for x in ["a", "b"] : upper(x)])
