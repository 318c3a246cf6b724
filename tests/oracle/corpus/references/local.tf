v = local.settings[local.key]
