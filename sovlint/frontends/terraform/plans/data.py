"""Parts of a plan or state that may be of any shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def as_map(data: Any) -> Mapping[str, Any]:
    """An object; an empty one in place of anything else."""
    return data if isinstance(data, dict) else {}


def as_list(data: Any) -> list[Any]:
    """A list; an empty one in place of anything else."""
    return data if isinstance(data, list) else []


def numbered(data: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of a list, each with where it stands there."""
    return enumerate(map(as_map, as_list(data)))
