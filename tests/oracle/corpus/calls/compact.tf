v = compact(["a", "", "b"])
