"""What deployers install: a module for each, told by the types of their objects."""
