"""Helmfile: which charts its files install, with which values, in each environment."""
