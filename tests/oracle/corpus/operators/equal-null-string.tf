v = null == "a"
