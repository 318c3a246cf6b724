"""What would be otherwise in a world that somebody supposes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from sovlint.model.findings.change import Move
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.source import Span
from sovlint.model.world import StateOnDay


class Becomes(StrEnum):
    """What becomes of a finding: it would be new or gone, count more or less, or be told otherwise."""

    NEW = "new"
    GONE = "gone"
    WORSE = "worse"
    MILDER = "milder"
    OTHERWISE = "otherwise"


class SupposedFinding(Struct, frozen=True):
    """A finding as it is, and as it would be; ``None`` where nothing is found of it."""

    becomes: Becomes
    before: Finding | None
    after: Finding | None

    @property
    def told(self) -> Finding:
        """The one that would be; that which is, of one that would be gone."""
        found = self.before if self.becomes is Becomes.GONE else self.after
        assert found is not None
        return found


class StateChange(Struct, frozen=True):
    """A state as it is and as it would be: the laws by which it can compel, and what covers transfers to it."""

    before: StateOnDay
    after: StateOnDay


class Outcome(Struct, frozen=True):
    """What one supposition would change on a day (``as_of``), against the same day without it.

    ``titles`` are those of all that is supposed at once, ``where`` the place of the first. ``moves`` are placements of
    which a fact would be otherwise, ``states`` those that can compel one of the companies in use, ``companies`` the names
    of those concerned. ``before`` and ``after`` count findings by verdict.
    """

    titles: tuple[str, ...]
    where: Span
    as_of: str
    findings: tuple[SupposedFinding, ...]
    moves: tuple[Move, ...]
    states: tuple[StateChange, ...]
    companies: tuple[str, ...]
    before: Mapping[Verdict, int]
    after: Mapping[Verdict, int]

    @property
    def changes(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.findings or self.moves or self.states)
