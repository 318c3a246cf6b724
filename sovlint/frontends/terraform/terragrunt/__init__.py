"""Terragrunt: units (``terragrunt.hcl``) as roots of the modules that they name, with the values they give."""
