v = lower("ÀÉÎ")
