"""What manifests show of where their cluster is."""
