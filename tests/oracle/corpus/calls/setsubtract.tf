v = setsubtract(["a", "b"], ["b"])
