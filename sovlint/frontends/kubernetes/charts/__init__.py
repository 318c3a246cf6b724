"""Helm charts: what their values alone prove; templates are not rendered."""
