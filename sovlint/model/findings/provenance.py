"""What a report was made of: by which tool, from which facts and files, of which commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field


class SourceDates(Struct, frozen=True):
    """How old the oldest source is that a run rests on, of each kind of fact: who owns and runs the companies met,
    what they are qualified for, in which countries their regions are. ``None``: it rests on no source with a date.

    ``undated``: the kinds that rest on sources without a date too.
    """

    ownership: date | None = None
    qualifications: date | None = None
    places: date | None = None
    undated: tuple[str, ...] = ()
    read_again: tuple[str, ...] = ()
    """Ids of the companies of which a source on who holds them was read over a year ago."""
    ages: Mapping[str, date] = field(default_factory=dict)
    """By company, the last day on which what proves who holds it counts, where that is near."""


class Checkout(Struct, frozen=True):
    """What git says of the root that was scanned; ``None``: it can't say, or wasn't asked.

    ``clean``: whether nothing that git tracks was changed since ``commit``, and all that was read is tracked.
    ``repository`` is the address that it was cloned from, without user or secrets.
    """

    commit: str | None = None
    clean: bool | None = None
    repository: str | None = None


class Digests(Struct, frozen=True):
    """Digests (``sha256:...``) of what a run goes by that doesn't ship; ``None`` where there is none.

    That of one file is the file's own. That of several is of what ``sha256sum`` prints of them, sorted by their paths
    from the git root. That of attestations is of their entries as JSON, keys sorted and without blanks.
    """

    configuration: str | None = None
    policies: str | None = None
    overlays: str | None = None
    attestations: str | None = None
    exceptions: str | None = None
    """Files of waivers and the baseline."""


class Provenance(Struct, frozen=True):
    """All of that. ``catalogue`` is the newest day on which any of its files was gone over.

    ``digests`` is ``None`` where nobody asked: what only counts for people needs none.
    """

    tool: str
    catalogue: str
    dates: SourceDates = field(default_factory=SourceDates)
    checkout: Checkout = Checkout()
    digests: Digests | None = None
