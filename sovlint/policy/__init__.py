"""WHAT IS ALLOWED: policies are documents; a few predicates and Kleene's logic judge placements by them."""
