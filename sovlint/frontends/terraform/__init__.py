"""Terraform: HCL with scope and unknowns, and nothing about the world."""
