"""Terraform's functions, a module a kind; ``calls.py`` calls them by name, and imports all of them."""
