v = false ? "yes" : "no"
