"""Which resource of the repository others name without a reference."""
