"""``sovlint map``: the map alone, as text and as JSON."""
