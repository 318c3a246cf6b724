v = jsondecode("\"a\"")
