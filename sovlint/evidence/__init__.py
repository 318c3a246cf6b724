"""Evidence: what was so on a day, who says so, and whether it can be worked out again. See README.md."""
