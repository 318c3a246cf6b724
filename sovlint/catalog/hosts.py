"""Host names matched label by label from the right: who answers there, for which service, in which region.

A pattern is made of labels: literals, ``*`` (exactly one label), ``**`` (one or more, leftmost only) and ``{region}``,
which may stand inside a label (``{region}-docker.pkg.dev``). Of the patterns that a host matches, the most specific
one decides: the first label, from the right, at which two of them differ tells which (``Pattern.specificity``).

``trie.py`` finds them; here is what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from sovlint.model.partial.holes import HOLE, marked_text

T = TypeVar("T")

REGION = "{region}"

_NO_HOST = re.compile(r"[/?#@:\\\s]")
"""What stands around a host in an address, never in one."""

_EXAMPLES = ("example.com", "example.net", "example.org")
_RESERVED = (
    ".test",
    ".example",
    ".invalid",
    ".localhost",
    *(f".{name}" for name in _EXAMPLES),
)
"""Names that nobody answers at: RFC 2606, sections 2 and 3."""

TAKES_NOTHING = "nothing"
"""What an entry says that a host takes which only manages a service."""

_SHOWN = 3
"""Labels of a host right below a domain."""

LITERAL, PARTIAL, ANY, REST = 3, 2, 1, 0

Rank = tuple[int, int, int]
"""How specific a label is: its kind, how much of it is literal, and how much of that stands before ``{region}``."""


class Pattern(Struct, frozen=True):
    """A host pattern: its labels from the right, whether ``**`` stands at its left end, and what it proves.

    ``provider`` is ``None`` where no data lands: documentation, schemas, issue trackers. ``region`` is one that the
    whole pattern lies in, as written in the catalogue. ``takes``: what the entry itself says that is taken there.
    """

    labels: tuple[str, ...]
    open: bool
    provider: str | None
    service: str | None = None
    region: str | None = None
    source: str | None = None
    takes: str | None = None

    @property
    def specificity(self) -> tuple[Rank, ...]:
        """Greater is more specific, among patterns that match one host; equal only where they claim the same hosts."""
        ranks = tuple(rank(label) for label in self.labels)
        return (*ranks, (REST, 0, 0)) if self.open else ranks

    @property
    def shape(self) -> tuple[object, ...]:
        """What two patterns that claim the same hosts have in common."""
        return (self.open, *("*" if label == REGION else label for label in self.labels))

    @property
    def domain(self) -> int:
        """How many labels from the right are literal without a gap: the domain that the pattern vouches for."""
        for count, label in enumerate(self.labels):
            if not is_literal(label):
                return count
        return len(self.labels)


class Host(Struct, frozen=True):
    """What is known of a host: labels from the right, and whether more, unknown ones stand to their left.

    ``tail`` is the known end of the first unknown label.
    """

    labels: tuple[str, ...]
    open: bool = False
    tail: str = ""


class AgreedMatch(Struct, frozen=True):
    """What all patterns that a host may match agree on; ``provider`` is ``None`` where no data lands."""

    provider: str | None
    service: str | None
    region: str | None
    region_hole: bool
    source: str | None
    takes: str | None = None
    open: bool = False
    """Whether the whole of a domain is meant, and not this host."""


def pattern(entry: Mapping[str, str | None]) -> Pattern:
    """The pattern of an entry of ``endpoints.yaml``; one without ``provider`` says that no data lands there."""
    labels = str(entry["host"]).lower().split(".")[::-1]
    opened = labels[-1] == "**"
    if opened:
        labels.pop()
    return Pattern(
        tuple(labels),
        opened,
        entry.get("provider"),
        entry.get("service"),
        entry.get("region"),
        entry.get("source"),
        entry.get("takes"),
    )


def known(parts: Sequence[str | None]) -> Host | None:
    """What is known of a host (no scheme, user info, port, path or root dot) written as literals and holes (``None``).

    Everything left of the rightmost hole is unknown, and so is the label that the hole touches. ``None``: not a host.
    """
    text = marked_text(parts)
    if _NO_HOST.search(text):
        return None
    _, hole, right = text.rpartition(HOLE)
    labels = right.lower().split(".")
    tail = labels.pop(0) if hole else ""
    if not labels or not all(labels):
        return None
    return Host(tuple(reversed(labels)), bool(hole), tail)


def reserved(host: str) -> bool:
    """Whether a host, or what is known of its end, is a name reserved for tests and examples."""
    return host in _EXAMPLES or host.endswith(_RESERVED)


def shows(host: Host, labels: Collection[str]) -> bool:
    """Whether a company shows itself at a host: one of these ``labels`` stands right below the domain."""
    return not host.open and len(host.labels) == _SHOWN and host.labels[-1] in labels


def agreed(candidates: Iterable[Pattern], host: Host) -> AgreedMatch | None:
    """What ``host`` proves, or ``None``. ``candidates`` are all patterns that it may match, most specific first.

    A host that is wholly known takes the first. Of one that isn't, something is known only where all patterns that may
    still decide name the same provider, and it shows the whole domain of one of them. That it may be a host where no
    data lands says nothing against a provider: what a setting reaches isn't documentation.
    """
    possible = _deciding(candidates, host)
    if len({one.provider for one in possible}) != 1:
        return None
    hole = host.open and any(_region_unknown(one, host) for one in possible)
    return AgreedMatch(
        provider=possible[0].provider,
        service=_sole(one.service for one in possible),
        region=None if hole else _sole(_region(one, host) for one in possible),
        region_hole=hole,
        source=max(possible, key=lambda one: (one.specificity, one.labels)).source,
        takes=_sole(one.takes for one in possible),
        open=not host.open and possible[0].open,
    )


def _deciding(candidates: Iterable[Pattern], host: Host) -> list[Pattern]:
    """The patterns that may still decide: those of providers, if there are any; none where no whole domain is shown."""
    possible: list[Pattern] = []
    for one in candidates:
        possible.append(one)
        if certain(one, host):
            break
    if host.open and not any(one.domain <= len(host.labels) for one in possible):
        return []
    return [one for one in possible if one.provider is not None] or possible


def _sole(values: Iterable[T]) -> T | None:
    """The value that all are."""
    different = set(values)
    return different.pop() if len(different) == 1 else None


def is_literal(label: str) -> bool:
    """Whether a label of a pattern stands for itself alone."""
    return label != "*" and REGION not in label


def around_region(label: str) -> tuple[str, str]:
    """What stands before and after ``{region}`` in a label that isn't literal; nothing in ``*``."""
    before, _, after = label.partition(REGION) if REGION in label else ("", "", "")
    return before, after


def rank(label: str) -> Rank:
    """How specific a label of a pattern is."""
    if is_literal(label):
        return LITERAL, 0, 0
    before, after = around_region(label)
    return PARTIAL if before or after else ANY, len(before) + len(after), len(before)


def certain(one: Pattern, host: Host) -> bool:
    """Whether every completion of ``host``, which may match ``one``, does so."""
    return not host.open or (one.open and len(one.labels) <= len(host.labels))


def may_end(label: str, tail: str) -> bool:
    """Whether a label of which only the end ``tail`` is known may be what ``label`` of a pattern stands for."""
    if is_literal(label):
        return label.endswith(tail)
    after = around_region(label)[1]
    return after.endswith(tail) or tail.endswith(after)


def _region(one: Pattern, host: Host) -> str | None:
    for label, written in zip(one.labels, host.labels, strict=False):
        if REGION in label:
            before, after = around_region(label)
            return written[len(before) : len(written) - len(after)]
    return one.region


def _region_unknown(one: Pattern, host: Host) -> bool:
    return any(REGION in label for label in one.labels[len(host.labels) :])
