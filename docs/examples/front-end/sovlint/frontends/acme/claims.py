"""Which files are Acme's, by their names."""

from __future__ import annotations


def is_stores(path: str) -> bool:
    """Whether a file lists stores."""
    return path.endswith(".stores")
