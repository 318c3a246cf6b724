"""Where resources sit: candidates, regions, parents, addresses."""
