"""How registers are written: a module a format, and what they share. ``formats`` has the list."""
