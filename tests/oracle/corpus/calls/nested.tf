v = upper(join("-", split("_", "a_b")))
