"""What is said of a run as a whole: its rules, exceptions and attestations, what changed, counts."""
