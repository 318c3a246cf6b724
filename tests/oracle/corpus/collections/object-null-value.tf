v = {a = null}
