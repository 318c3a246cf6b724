"""What a finding that isn't compliant goes against: law, doctrine, or what the policy set chose."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """The gravest first. A law may bind only some: ``PolicyText.applies`` says whom."""

    LAW = "law"
    DOCTRINE = "doctrine"
    """A referential, or what an authority advises."""
    CHOICE = "choice"
    """A risk that the policy set chose to weigh, and no text."""


_TEXTS: Final = (
    (Ground.LAW, frozenset({"law"})),
    (Ground.DOCTRINE, frozenset({"referential", "doctrine"})),
)
_RANK: Final = {ground: rank for rank, ground in enumerate(Ground)}


def ground_of(rests_on: Iterable[str]) -> Ground:
    """The gravest of what a policy rests on: of a house's own policy, which rests on no text, its choice."""
    named = frozenset(rests_on)
    return next((ground for ground, texts in _TEXTS if named & texts), Ground.CHOICE)


def gravest(grounds: Iterable[Ground]) -> Ground | None:
    """The first in the order of ``Ground``; ``None`` where there is none."""
    return min(grounds, key=_RANK.__getitem__, default=None)
