"""Texts of which some is known: literals, and holes for the rest."""
