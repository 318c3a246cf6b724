"""Hosts of a house: what the configuration says of who runs them, and the domains that a repository serves or manages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from msgspec import Struct

from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Located

_WILD: Final = re.compile(r"[*?]")


class OwnHosts(Struct, frozen=True):
    """``hosts``: who runs the hosts that ``globs`` match (``*`` crosses dots); ``inside``: data doesn't leave by them."""

    globs: tuple[str, ...]
    where: Located
    provider: str | None = None
    region: str | None = None
    service: str | None = None
    inside: bool = False

    @property
    def told(self) -> tuple[object, ...]:
        """What it says of a host, wherever it says so."""
        return (self.inside, self.provider, self.region, self.service)

    def nearness(self, host: str) -> int:
        """How much of a host its nearest glob spells out: 0 where it doesn't surely have the host."""
        return max(
            (_literal(glob) for glob in self.globs if _pattern(glob).fullmatch(host)),
            default=0,
        )

    def may_have(self, host: str) -> bool:
        """Whether a host, of which a part isn't known, may be one of these."""
        return any(_may_be(glob, host) for glob in self.globs)


def _nobodys(domain: str) -> bool:
    return False


class House(Struct, frozen=True):
    """``hosts`` are the entries of the configuration; ``owns`` tells of a registered domain whether the repository
    serves or manages it."""

    hosts: tuple[OwnHosts, ...] = ()
    owns: Callable[[str], bool] = _nobodys

    def of(self, host: str) -> OwnHosts | None:
        """What the configuration says of a host (signs for its holes): the entry that spells it out most, the first of
        these. Where what isn't known may make it another entry's, that must say the same."""
        found = max(self.hosts, key=lambda each: each.nearness(host), default=None)
        if found is None or not found.nearness(host):
            return None
        if HOLE in host:
            others = (each for each in self.hosts if each.may_have(host))
            return found if all(each.told == found.told for each in others) else None
        return found


def covers(glob: str, other: str) -> bool:
    """Whether a glob matches all that another one does, and spells out as much of it."""
    matches = _pattern(glob).fullmatch(other.replace("*", HOLE)) is not None
    return matches and _literal(glob) >= _literal(other)


def _literal(glob: str) -> int:
    return len(_WILD.sub("", glob)) + 1


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """``*`` takes anything, what isn't known too; all else stands for one character that is known."""
    signs = {"*": ".*", "?": f"[^{HOLE}]"}
    return re.compile("".join(signs.get(char) or re.escape(char) for char in glob), re.DOTALL)


def _may_be(glob: str, host: str) -> bool:
    end, known = _WILD.split(glob)[-1], host.rpartition(HOLE)[2]
    return end.endswith(known) or known.endswith(end)
