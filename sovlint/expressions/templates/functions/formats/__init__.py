"""Texts of YAML, JSON and TOML out of values, and values out of these."""
