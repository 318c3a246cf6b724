"""What the Kubernetes front end says."""
