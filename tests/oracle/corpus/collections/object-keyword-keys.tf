v = {if = 1, in = 2, endif = 3}
