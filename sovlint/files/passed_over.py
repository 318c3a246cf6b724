"""Files of which no more is known than their names: what lies in folders that a walk passed over, or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sovlint.files.paths import inside
from sovlint.files.walk import MADE, NEVER, UNLESS_NAMED, Under

MOST_NAMES: Final = 20_000
"""Files of a folder whose names are looked at."""


def left_in(root: str, passed: Mapping[str, Under], folder: str) -> Sequence[str]:
    """The files below a folder that was passed over. What patterns ignore there, and what Terraform fills, is no part of
    the repository, but for what git tracks."""
    under = passed[folder]
    made = folder.rstrip("/").rpartition("/")[2] in MADE
    found = _tracked(folder, under) if made or under.ignored else None
    if found is None and not made:
        found = tuple(islice(_there(root, folder), MOST_NAMES))
    return found or ()


def left_out(root: str, folder: str) -> Sequence[str]:
    """The files below a folder that the configuration leaves out; not those that would be passed over all the same."""
    return tuple(islice(_there(root, folder, NEVER | UNLESS_NAMED), MOST_NAMES))


def _tracked(folder: str, under: Under) -> Sequence[str] | None:
    """What any of the repositories that a folder is in tracks below it; ``None`` where none of them can tell."""
    found = [(size, tracked.below(folder[size:])) for size, tracked in under.repositories]
    told = [(size, paths) for size, paths in found if paths is not None]
    if not told:
        return None
    return sorted({folder[:size] + path for size, paths in told for path in paths})


def _there(
    root: str, folder: str, never: frozenset[str] = frozenset({".git"})
) -> Iterator[str]:
    for prefix, folders, names in inside(root, folder):
        folders[:] = sorted(set(folders) - never)
        yield from (prefix + name for name in sorted(names))
