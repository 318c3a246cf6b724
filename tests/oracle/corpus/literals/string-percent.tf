v = "100% or %d"
