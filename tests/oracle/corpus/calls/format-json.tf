v = format("%#v", {a = "x"})
