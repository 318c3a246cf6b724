"""The text of a template -> its nodes."""
