v = true ? {a = 1} : {a = 2}
