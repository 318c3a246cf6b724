"""Every repository of an organisation, read by itself and proved together."""
