"""The catalogue as something that travels: a version of its own, a file of it, and what changed between two."""

from __future__ import annotations

from typing import Final

KEYS: Final = "keys"
VERSION: Final = "version"
"""Sections of an index: the digest of the keys that entries may have, and the version of the catalogue."""
