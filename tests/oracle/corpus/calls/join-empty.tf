v = join(",", [])
