"""Which policies bind a placement."""
