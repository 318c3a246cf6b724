"""Where clusters are, of all that shows it."""
