"""What objects are called in a kustomization, where their fields are, and what refers to them."""
