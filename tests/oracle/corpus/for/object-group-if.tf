v = {for x in ["ab", "ac", "bc"] : substr(x, 0, 1) => x... if x != "ac"}
