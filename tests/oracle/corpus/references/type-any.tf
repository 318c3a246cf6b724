type = map(any)
