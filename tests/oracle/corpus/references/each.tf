v = "${each.key}-${each.value.region}"
