v = (true || false) && false
