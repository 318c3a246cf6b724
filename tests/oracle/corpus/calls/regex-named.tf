v = regex("(?P<name>[a-z]+)-(?P<n>[0-9]+)", "eu-3")
