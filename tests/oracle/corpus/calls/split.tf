v = split("-", "eu-west-3")
