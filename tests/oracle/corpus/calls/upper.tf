v = upper("abc")
