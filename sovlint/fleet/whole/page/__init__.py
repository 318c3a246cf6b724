"""The page of a fleet: one file that asks nothing of any server."""
