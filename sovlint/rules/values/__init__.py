"""What values can only be, whatever they are called, and the addresses in them."""
