v = can({a = 1}.b)
