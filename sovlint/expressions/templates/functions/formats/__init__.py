"""Texts of YAML and JSON out of values, and values out of these."""
