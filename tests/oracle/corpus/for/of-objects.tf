v = [for o in [{a = 1}, {a = 2}] : o.a]
