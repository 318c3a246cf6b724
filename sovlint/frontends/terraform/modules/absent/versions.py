"""Versions of modules: constraints as stretches of versions, and whether the newest of one is in another."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

Number = tuple[int, int, int]

_CONDITION: Final = re.compile(r"\s*(~>|>=|<=|!=|=|>|<|)\s*v?(\d+(?:\.\d+){0,2})\s*")
_FIRST: Final[Number] = (0, 0, 0)


class VersionStretch(Struct, frozen=True):
    """Versions from ``low`` on, below ``high`` (``None``: all that will ever be). ``with_gaps``: some are left out."""

    low: Number = _FIRST
    high: Number | None = None
    with_gaps: bool = False

    def newest_is_in(self, other: VersionStretch) -> bool:
        """Whether the newest of its versions is one of ``other``, of which the first was published."""
        if other.high is not None and (self.high is None or self.high > other.high):
            return False
        return self.low >= other.low or (self._has(other.low) and not self.with_gaps)

    def ends_by(self, version: Number) -> bool:
        """Whether none of its versions is later than that one."""
        return self.high is not None and self.high <= _after(version)

    def narrowed(self, other: VersionStretch) -> VersionStretch:
        """The versions that are in both."""
        ends = [each for each in (self.high, other.high) if each is not None]
        return VersionStretch(
            max(self.low, other.low),
            min(ends) if ends else None,
            self.with_gaps or other.with_gaps,
        )

    def _has(self, version: Number) -> bool:
        return self.low <= version and (self.high is None or version < self.high)


def stretch(constraint: str) -> VersionStretch | None:
    """The versions that a constraint allows at most ; ``None`` where that can't be told: pre-releases."""
    found = VersionStretch()
    for condition in constraint.split(",") if constraint.strip() else ():
        match = _CONDITION.fullmatch(condition)
        if match is None:
            return None
        found = found.narrowed(_of_one(*match.groups()))
    return found


def number(version: str) -> Number | None:
    """A version's parts; ``None`` of what isn't a plain version, such as a pre-release."""
    match = re.fullmatch(r"v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})", version, re.ASCII)
    if match is None:
        return None
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def exactly(version: Number) -> VersionStretch:
    """A version alone."""
    return VersionStretch(version, _after(version))


def _of_one(operator: str, text: str) -> VersionStretch:
    written = [int(each) for each in text.split(".")]
    major, minor, patch = (*written, 0, 0)[:3]
    version = (major, minor, patch)
    match operator:
        case ">=":
            return VersionStretch(version)
        case ">":
            return VersionStretch(_after(version))
        case "<":
            return VersionStretch(_FIRST, version)
        case "<=":
            return VersionStretch(_FIRST, _after(version))
        case "!=":
            return VersionStretch(with_gaps=True)
        case "~>" if len(written) == 3:
            return VersionStretch(version, (major, minor + 1, 0))
        case "~>":
            return VersionStretch(version, (major + 1, 0, 0))
    return exactly(version)


def _after(version: Number) -> Number:
    major, minor, patch = version
    return major, minor, patch + 1
