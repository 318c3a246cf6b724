"""Findings and the report: what was judged, by which rules, and what would comply instead."""
