"""Checks of the catalogue's entries: an entry, its id and all merged parts -> what is wrong, and where in it."""
