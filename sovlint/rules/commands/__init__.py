"""What words and variables of command lines say of where data goes."""
