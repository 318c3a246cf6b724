v = {for k, v in {a = "x"} : (v) => k}
