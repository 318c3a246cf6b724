"""What judging says."""
