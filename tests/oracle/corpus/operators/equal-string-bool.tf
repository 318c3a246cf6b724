v = "true" == true
