v = "cost$"
