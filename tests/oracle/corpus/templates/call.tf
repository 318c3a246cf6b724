v = "${upper("abc")}!"
