v = "l'assuré"
