"""What was read: resources, where they send data, and the whole of a reading."""
