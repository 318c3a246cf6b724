v = format("100%%")
