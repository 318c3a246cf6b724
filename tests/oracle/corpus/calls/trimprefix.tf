v = trimprefix("eu-west", "eu-")
