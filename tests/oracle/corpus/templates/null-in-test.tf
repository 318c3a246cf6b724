v = "${null == null}"
