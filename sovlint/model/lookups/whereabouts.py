"""What a host, a region, a plug-in or a resource type may mean: gathered by ``commands``, written by ``report``."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.model.source import Located
from sovlint.model.text import Bilingual


class Absence(StrEnum):
    """Why nothing was found."""

    NOT_A_PLACE = "not-a-place"
    """A host where no data lands: documentation, schemas, issue trackers."""
    LOCAL = "local"
    """A host that only has meaning on a machine or inside a network."""
    ANYBODY = "anybody"
    """A plug-in, or a type of one, that anybody may be behind."""
    INSIDE = "inside"
    """A host by which data doesn't leave, as the configuration says."""
    UNLISTED = "unlisted"
    """Not in the catalogue."""


class Match(Struct, frozen=True):
    """One thing that it may mean. What isn't known is ``None``.

    ``written`` is a region that stands in the host and that the catalogue doesn't have. ``role`` and ``plugin`` are
    those of a resource type.
    """

    provider: str
    name: str
    service: str | None = None
    region: str | None = None
    country: str | None = None
    state: Bilingual | None = None
    written: str | None = None
    role: str | None = None
    plugin: str | None = None
    source: Source | None = None
    said: Located | None = None
    """Where the configuration says it."""


class Whereabouts(Struct, frozen=True):
    """Everything that ``query`` (without secrets) may mean; ``absence`` says why where that is nothing.

    ``called``: the provider that goes by this name. ``meant``: what was probably meant.
    """

    query: str
    matches: tuple[Match, ...]
    absence: Absence | None = None
    called: str | None = None
    meant: str | None = None
