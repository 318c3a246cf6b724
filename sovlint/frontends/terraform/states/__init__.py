"""States of other roots, and what is read from them."""
