"""Expressions of Terraform's language, evaluated with unknowns. Knows no front end."""
