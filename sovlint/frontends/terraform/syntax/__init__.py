"""Terraform's two syntaxes into nodes."""
