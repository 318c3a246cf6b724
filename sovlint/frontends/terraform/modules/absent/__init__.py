"""Modules whose code isn't here: whose they are, in which version, and what the catalogue says that they make."""
