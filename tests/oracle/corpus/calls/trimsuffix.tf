v = trimsuffix("eu-west", "-west")
