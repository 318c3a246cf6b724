"""How facts read, judged by nobody: one file a format."""
