v = {true = 1}
