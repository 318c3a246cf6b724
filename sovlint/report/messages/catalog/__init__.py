"""What is said of the catalogue to people who look something up in it."""
