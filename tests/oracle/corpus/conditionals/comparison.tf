v = 1 < 2 ? "less" : "more"
