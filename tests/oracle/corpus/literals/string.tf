v = "eu-west-3"
