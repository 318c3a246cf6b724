"""What excuses findings, and what vouches for facts."""

from __future__ import annotations

from typing import Literal

from sovlint.contract.places import Role
from sovlint.contract.shape import Day, Fingerprint, Line, Shape


class Absorbed(Shape, frozen=True):
    """The parts of a fingerprint."""

    policy: str
    root: str | None
    variant: str | None
    address: str
    role: Role
    provider: str | None
    region: str | None
    host: str | None
    """The host at which nobody knows who answers, where that is why the provider isn't known."""

    fingerprint: Fingerprint
    path: str
    line: Line


class UsedException(Shape, frozen=True):
    """An ignore comment, a waiver or an entry of the baseline, and what became of it."""

    kind: Literal["inline", "waiver", "baseline"]
    state: Literal["used", "unused", "expired", "invalid"]
    policies: tuple[str, ...]
    reason: str
    owner: str | None
    approver: str | None
    ticket: str | None
    until: str | None
    path: str
    line: Line
    note: str | None
    """Why it excuses nothing, or what is wrong with it."""

    absorbed: tuple[Absorbed, ...]
    """The findings that it excuses."""


class Attestation(Shape, frozen=True):
    """An attestation of the configuration, and what became of it."""

    state: Literal["used", "unused", "expired", "invalid"]
    kind: Literal["qualification", "country", "control"]
    """The kind of claim."""

    claim: str
    """What is claimed, and of which provider and region."""

    owner: str
    approver: str | None
    evidence: str
    sha256: str | None
    """The digest that was noted."""

    checked: bool
    """Whether the document is in the repository and has this digest."""

    issued: Day
    until: Day
    """The last day that it counts."""

    path: str
    line: Line
    note: str | None
    """Why it doesn't count, or not for as long as it says."""

    turned: tuple[Absorbed, ...]
    """The findings that rest on it, compliant ones and violations."""
