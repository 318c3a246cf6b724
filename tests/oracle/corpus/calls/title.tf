v = title("mutuelle de santé")
