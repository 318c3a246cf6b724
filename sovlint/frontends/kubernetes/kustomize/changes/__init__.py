"""Building a kustomization: what is gathered, generated and changed, in Kustomize's order."""
