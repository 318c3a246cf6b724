v = [for x in ["a", "b"] : "pre-${x}-post"]
