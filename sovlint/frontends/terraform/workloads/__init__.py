"""What runs, as Terraform describes it: its settings, its objects in a cluster, its releases."""
