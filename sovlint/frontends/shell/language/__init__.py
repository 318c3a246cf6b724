"""The language of shells: a text -> the commands in it. Nothing is ever run."""
