"""Which files there are, and the one way to them, bounded to the git root."""
