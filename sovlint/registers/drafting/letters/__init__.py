"""Letters to suppliers: what isn't proven of each, how it is asked for, and where the answer goes."""
