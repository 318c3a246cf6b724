"""How much the catalogue knows, and how old that is: counted by ``catalog``, written by ``report``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct


class SourceReading(Struct, frozen=True):
    """A source that was read: the catalogue file and the key that it stands under, and its date as written.

    ``day`` is the earliest day that the date may mean; ``None`` where it gives none. ``reviewed``: whether somebody
    read it again.
    """

    file: str
    key: str
    written: str
    day: date | None
    reviewed: bool = False

    @property
    def kind(self) -> str:
        """The kind of its file: its folder, or its name where it lies in none."""
        return self.file.partition("/")[0].removesuffix(".yaml")


class LookAlike(Struct, frozen=True):
    """Two unrelated providers that say the very same of ``what`` (``regions``, ``notes``)."""

    what: str
    one: str
    other: str


class Inventory(Struct, frozen=True):
    """Numbers of entries; ``types`` by role (``config``: without payload), ``offers`` by qualification.
    ``kindless`` are the services of which nobody said what may take their place.

    ``sourced`` and ``background`` count the facts that name a source: one that was read, or general knowledge. The
    types of plug-ins aren't among them: those have the sources of their file.
    """

    date: str
    providers: int
    services: int
    kindless: int
    regions: int
    hosts: int
    plugins: int
    types: Mapping[str, int]
    offers: Mapping[str, int]
    sourced: int
    background: int
    readings: tuple[SourceReading, ...]
    version: str = ""
    """The version of the catalogue, where it has one: with overlays on it, it has none."""
    copies: tuple[LookAlike, ...] = ()
    """Entries that look copied from another, whose regions or remarks they still have."""
    undecided: int = 0
    """Types and patterns of types that a plug-in has and that nobody decided on: their role stays unknown."""
