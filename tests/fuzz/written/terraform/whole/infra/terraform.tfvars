more = { a = "b" }
