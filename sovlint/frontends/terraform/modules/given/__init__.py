"""Values of a root's variables that stand where the root itself doesn't look for them."""
