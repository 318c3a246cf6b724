"""What front ends read, kept for the next run as long as all that it was made of is the same."""
