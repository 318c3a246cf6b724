v = {data-class = "health"}
