v = file("${path.module}/policy.json")
