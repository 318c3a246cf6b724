"""Folders that are laid over what ships: what they replace, whether they say so, and what takes somebody's trust."""
