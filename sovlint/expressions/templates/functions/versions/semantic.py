"""Semantic versions and their order, as Masterminds/semver 3 has them."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from sovlint.expressions.templates.running import TemplateError

_LONGEST = 256
_VERSION = re.compile(
    r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?",
    re.ASCII,
)


class SemanticVersion(Struct, frozen=True):
    """A version; ``written`` is how it was given."""

    numbers: tuple[int, int, int]
    prerelease: str
    metadata: str
    written: str

    def __str__(self) -> str:
        numbers = ".".join(map(str, self.numbers))
        before = f"-{self.prerelease}" if self.prerelease else ""
        return f"{numbers}{before}{f'+{self.metadata}' if self.metadata else ''}"


@lru_cache(maxsize=512)
def version(written: str) -> SemanticVersion:
    """A version out of a text. Raises ``TemplateError``."""
    found = _VERSION.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        raise TemplateError("invalid semantic version")
    major, minor, patch = (int(found[at] or 0) for at in (1, 2, 3))
    prerelease = found[4] or ""
    if any(re.fullmatch(r"0\d+", each) for each in prerelease.split(".")):
        raise TemplateError("version segment starts with 0")
    if max(major, minor, patch) >= 2**64:
        raise TemplateError("error parsing version segment")
    return SemanticVersion((major, minor, patch), prerelease, found[5] or "", written)


def compared(one: SemanticVersion, other: SemanticVersion) -> int:
    """Below zero where the first comes before the other, above where behind. Metadata doesn't count."""
    if one.numbers != other.numbers:
        return -1 if one.numbers < other.numbers else 1
    if not one.prerelease or not other.prerelease:
        return bool(other.prerelease) - bool(one.prerelease)
    return compared_prereleases(one.prerelease, other.prerelease)


def compared_prereleases(one: str, other: str) -> int:
    """The same of what stands behind the dash."""
    left, right = map(_precedence, one.split(".")), map(_precedence, other.split("."))
    mine, theirs = list(left), list(right)
    return (mine > theirs) - (mine < theirs)


def _precedence(part: str) -> tuple[int, int, str]:
    """Numbers come before words; what isn't there comes before both."""
    return (0, int(part), "") if part.isdigit() else (1, 0, part)
