v = csvdecode("a,b\n\"x,y\",\"z\"\"\"\n")
