v = can({a = 1}.a)
