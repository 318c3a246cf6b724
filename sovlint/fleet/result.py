"""What is asked of the reading of one repository, and what comes of it: plain data, which travels between machines."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from sovlint.model.offers import AnsweredAsk, Ask, Offer


class Status(StrEnum):
    """How the reading of a repository ended."""

    READ = "read"
    """It was read; its failures are in the report, as of any scan."""
    EMPTY = "empty"
    """It has nothing that is read."""
    REFUSED = "refused"
    """Its configuration, its policies or its revision are wrong: `sovlint scan` would say so there too."""
    TIMED_OUT = "timed-out"
    OUT_OF_MEMORY = "out-of-memory"
    BROKEN = "broken"
    """The process ended by itself, or git couldn't read the repository."""


class FleetRepository(Struct, frozen=True):
    """One repository of a fleet: its name (``group/name``), the folder of its git objects, the revision that was asked
    for and the commit that it means (empty: it has none), the addresses that it is cloned from, and the team that owns it
    as a whole."""

    name: str
    git_dir: str
    revision: str
    commit: str
    addresses: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    committed_at: str = ""
    """ISO 8601, in UTC."""
    lacks: str = ""
    """What tells which of its objects a partial clone hasn't; empty where it has all."""


class ReadTask(Struct, frozen=True):
    """One reading: of which repository, by which options, with which answers of others.

    ``options`` are those of ``sovlint scan`` that bear on the result, as a ``Request`` has them, JSON-encodable.
    ``wants``: what else is made of the reading (``register:dora``); ``texts``, what some of them go by. ``digest`` tells
    this task from any other that could have another result: code, catalogue, commit, options, answers; not the day.
    """

    repository: FleetRepository
    digest: str
    options: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Offer, ...] = ()
    wants: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


ANSWERED: Final = "answered"
"""The name among what is made under which a result lists what others answered, and who."""


class RepositoryResult(Struct, frozen=True):
    """What came of one reading.

    ``document``: what ``sovlint scan --format json`` prints there, byte for byte. ``facts``: what ``sovlint facts --format
    json`` says, as data. ``made``: by what was wanted, its JSON text. ``as_of`` and ``holds_until``: the days (ISO)
    between which it is the same, both inclusive; ``None``: for ever. ``seconds`` of wall time, ``peak`` in bytes of
    resident memory.
    """

    repository: FleetRepository
    digest: str
    status: Status
    as_of: str
    reason: str = ""
    holds_until: str | None = None
    document: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    asks: tuple[Ask, ...] = ()
    made: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""
    """The digest of the answers that it was read with; empty: none."""
    tool: str = ""
    catalogue: str = ""
    seconds: float = 0.0
    peak: int = 0

    @property
    def answered(self) -> frozenset[AnsweredAsk]:
        """What others answered it, and who: what it rests on."""
        found = self.made.get(ANSWERED, "[]")
        return frozenset(msgspec.json.decode(found, type=tuple[AnsweredAsk, ...]))

    def lacks(self, before: RepositoryResult) -> tuple[AnsweredAsk, ...]:
        """What others answered an earlier result of the repository, and not this one, which asks for it too."""
        return tuple(
            sorted(
                each
                for each in before.answered - self.answered
                if Ask(each.kind, each.key) in self.asks
            )
        )
