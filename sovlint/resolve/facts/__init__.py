"""What the catalogue says of a place: whose it is, who can compel them, what it holds."""
