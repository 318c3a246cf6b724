"""Entries of the index, decoded: the sources that they name stand in them."""

from __future__ import annotations

from typing import Any, TypeVar

from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.entries.sources import with_sources
from sovlint.model.decoding import decode
from sovlint.model.placement import Source

T = TypeVar("T")


def source(index: Data, key: str) -> Source:
    """The source with an id of the index."""
    return decode(Source, index["sources"][key])


def decoded(index: Data, kind: type[T], data: Any) -> T:
    """What the index says, as an entry of that kind."""
    return decode(kind, with_sources(data, index["sources"].__getitem__))
