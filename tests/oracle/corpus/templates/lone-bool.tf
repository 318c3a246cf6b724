v = "${true}"
