"""The store of a fleet: results as Parquet, runs as lists of results, and what asks them."""
