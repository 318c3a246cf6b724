"""Semantic versions and constraints on them."""
