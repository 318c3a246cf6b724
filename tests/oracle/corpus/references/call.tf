v = lookup(var.regions, terraform.workspace, "eu-west-3")
