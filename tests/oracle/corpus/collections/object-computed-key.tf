v = {(upper("a")) = 1}
