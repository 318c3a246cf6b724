"""Drawings: plain structs in, SVG out. They know no report."""
