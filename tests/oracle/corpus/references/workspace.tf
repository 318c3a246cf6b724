v = terraform.workspace
