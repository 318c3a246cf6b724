type = string
