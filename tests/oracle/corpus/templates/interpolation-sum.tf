v = "${1 + 2} items"
