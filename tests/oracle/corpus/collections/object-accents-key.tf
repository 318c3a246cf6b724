v = {santé = 1}
