"""The catalogue's files into one index: read, checked for form, and with all that is worked out from them."""
