v = format("%t", true)
