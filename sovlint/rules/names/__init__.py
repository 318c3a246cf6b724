"""What names of settings say of where data goes."""
