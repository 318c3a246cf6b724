v = "$${region}"
