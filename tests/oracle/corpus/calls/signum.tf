v = signum(-3)
