v = "données de santé"
