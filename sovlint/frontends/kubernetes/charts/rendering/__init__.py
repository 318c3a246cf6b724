"""Charts as Helm loads them, with what their templates see; what they render to, file by file."""
