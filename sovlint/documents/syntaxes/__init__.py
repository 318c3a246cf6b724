"""One reader for each syntax: a text into a tree that knows where each part is written."""
