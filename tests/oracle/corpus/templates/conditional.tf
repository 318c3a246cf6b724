v = "${true ? "a" : "b"}-x"
