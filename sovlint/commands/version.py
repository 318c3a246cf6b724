"""``sovlint --version``: what judges, and how old its knowledge of the world is."""

from __future__ import annotations

from sovlint import __version__


def version_line() -> str:
    """The version, and the newest day on which the catalogue was gone over."""
    from sovlint.catalog.shipped import index_date

    return f"sovlint {__version__} (catalogue of {index_date()})"
