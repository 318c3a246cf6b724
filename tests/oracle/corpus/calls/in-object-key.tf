v = {(lower("A")) = upper("a")}
