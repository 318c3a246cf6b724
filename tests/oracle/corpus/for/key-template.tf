v = {for x in ["a"] : "k-${x}" => 1}
