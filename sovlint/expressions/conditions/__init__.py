"""Conditions of which not all is known, and what follows from them for the names in them."""
