"""Plans and states as JSON: what will be, or is, beside what the source says."""
