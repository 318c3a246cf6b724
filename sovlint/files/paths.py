"""Paths relative to a root, with forward slashes: what is above one, and what is below."""

from __future__ import annotations

import os
from collections.abc import Iterator


def inside(root: str, path: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """What is there below a folder, from the top: each folder relative to the root with a slash at its end, the names of
    the folders in it (what is taken out of these isn't looked into), and those of its files."""
    for folder, folders, names in os.walk(os.path.join(root, path)):
        yield f"{slashes(os.path.relpath(folder, root))}/", folders, names


def upwards(path: str) -> Iterator[str]:
    """A path and every folder above it, the root apart."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def slashes(path: str) -> str:
    """A path with forward slashes, whatever the system writes."""
    return path.replace(os.sep, "/")
