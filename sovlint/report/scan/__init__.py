"""How findings read: one file a format."""
