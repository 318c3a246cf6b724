v = core::upper("a")
