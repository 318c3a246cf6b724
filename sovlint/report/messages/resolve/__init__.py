"""What placing says."""
