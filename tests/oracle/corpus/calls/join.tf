v = join(", ", ["a", "b"])
