"""Data that ships beside the code, as JSON files of the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

from msgspec import json

PACKAGE: Final = Path(__file__).parents[1]

T = TypeVar("T")


def decoded(name: str, kind: type[T]) -> T:
    """What the package's file ``name`` (``schemas/saas.json``) holds. Raises what msgspec does for what isn't that."""
    return json.decode((PACKAGE / name).read_bytes(), type=kind)


def names_below(folder: str) -> Sequence[str]:
    """The names of all such files of a folder and its folders, sorted."""
    paths = (PACKAGE / folder).rglob("*.json")
    return sorted(path.relative_to(PACKAGE).as_posix() for path in paths)
