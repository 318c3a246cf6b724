"""Ansible: what its tasks put on clusters, for each inventory, and where these are."""
