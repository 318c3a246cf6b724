v = [for x in ["a", "", null, "b"] : x if x != null && x != ""]
