v = "${null}"
