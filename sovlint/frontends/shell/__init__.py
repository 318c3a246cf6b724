"""Command lines of containers: what shells would run, and the flags and variables that programs get."""
