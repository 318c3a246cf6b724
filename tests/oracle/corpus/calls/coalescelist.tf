v = coalescelist([], ["a"])
