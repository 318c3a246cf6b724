"""What reports say by themselves."""
