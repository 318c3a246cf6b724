"""What may become of what is known, in a world that somebody supposes."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sovlint.model.world import StateOnDay


class Becomes(StrEnum):
    """What becomes of a finding: it would be new or gone, count more or less, or be told otherwise."""

    NEW = "new"
    GONE = "gone"
    WORSE = "worse"
    MILDER = "milder"
    OTHERWISE = "otherwise"


class StateChange(Struct, frozen=True):
    """A state as it is and as it would be: the laws by which it can compel, and what covers transfers to it."""

    before: StateOnDay
    after: StateOnDay
