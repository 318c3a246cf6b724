"""The stages of a run: what it goes by, then read, place and judge, then the report."""
