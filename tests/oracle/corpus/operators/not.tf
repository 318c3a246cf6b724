v = !false
