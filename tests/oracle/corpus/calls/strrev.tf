v = strrev("abc")
