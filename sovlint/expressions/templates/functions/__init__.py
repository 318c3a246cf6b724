"""The functions that templates call, by their names."""
