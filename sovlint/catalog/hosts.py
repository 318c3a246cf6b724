"""Host names matched from the right: who answers there, for which service, in which region.

A pattern is made of labels: literals, ``*`` (exactly one label), ``**`` (one or more, leftmost only) and ``{region}``,
which may stand inside a label (``{region}-docker.pkg.dev``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

REGION = "{region}"

_HOLE = "\0"
_NO_HOST = re.compile(r"[/?#@:\\\s]")
"""What stands around a host in an address, never in one."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A host pattern: its labels from the right, whether ``**`` stands at its left end, and what it proves."""

    labels: tuple[str, ...]
    open: bool
    provider: str
    service: str | None
    source: str | None

    @property
    def specificity(self) -> tuple[int, int, int]:
        """Greater is more specific: literal labels, then labels known in part, then labels at all."""
        literal = sum(1 for label in self.labels if _is_literal(label))
        partial = sum(1 for label in self.labels if REGION in label and label != REGION)
        return literal, partial, len(self.labels)

    @property
    def domain(self) -> int:
        """How many labels from the right are literal without a gap: the domain that the pattern vouches for."""
        for count, label in enumerate(self.labels):
            if not _is_literal(label):
                return count
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a host: labels from the right, and whether more, unknown ones stand to their left.

    ``tail`` is the known end of the first unknown label.
    """

    labels: tuple[str, ...]
    open: bool = False
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What all patterns that a host may match agree on."""

    provider: str
    service: str | None
    region: str | None
    region_hole: bool
    source: str | None


def pattern(entry: Mapping[str, str | None]) -> Pattern:
    """The pattern of an entry of ``endpoints.yaml`` (keys ``host``, ``provider``, ``service``, ``source``)."""
    labels = str(entry["host"]).lower().split(".")[::-1]
    opened = labels[-1] == "**"
    if opened:
        labels.pop()
    return Pattern(tuple(labels), opened, str(entry["provider"]), entry.get("service"), entry.get("source"))


def known(parts: Sequence[str | None]) -> Host | None:
    """What is known of a host (no scheme, user info, port, path or root dot) written as literals and holes (``None``).

    Everything left of the rightmost hole is unknown, and so is the label that the hole touches. ``None``: not a host.
    """
    text = "".join(_HOLE if part is None else part for part in parts)
    if _NO_HOST.search(text):
        return None
    _, hole, right = text.rpartition(_HOLE)
    labels = right.lower().split(".")
    tail = labels.pop(0) if hole else ""
    if not labels or not all(labels):
        return None
    return Host(tuple(reversed(labels)), bool(hole), tail)


def match(patterns: Iterable[Pattern], host: Host) -> Match | None:
    """What ``host`` proves, or ``None``.

    A host that is wholly known takes the most specific pattern. Of one that isn't, something is known only where all
    patterns that may still decide name the same provider, and it shows the whole domain of one of them.
    """
    possible = [one for one in patterns if _possible(one, host)]
    if not possible:
        return None
    if host.open and not any(one.domain <= len(host.labels) for one in possible):
        return None
    least = max((one.specificity for one in possible if _certain(one, host)), default=(0, 0, 0))
    possible = [one for one in possible if one.specificity >= least]
    if len({one.provider for one in possible}) > 1:
        return None
    services = {one.service for one in possible}
    regions = {_region(one, host) for one in possible}
    hole = host.open and any(_region_unknown(one, host) for one in possible)
    return Match(
        provider=possible[0].provider,
        service=services.pop() if len(services) == 1 else None,
        region=regions.pop() if len(regions) == 1 and not hole else None,
        region_hole=hole,
        source=max(possible, key=lambda one: one.specificity).source,
    )


def _is_literal(label: str) -> bool:
    return label != "*" and REGION not in label


def _possible(one: Pattern, host: Host) -> bool:
    """Whether some completion of ``host`` matches ``one``; for a host wholly known, whether it matches."""
    shared = min(len(one.labels), len(host.labels))
    if not all(_fits(one.labels[index], host.labels[index]) for index in range(shared)):
        return False
    if len(host.labels) < len(one.labels):
        return host.open and _may_end(one.labels[len(host.labels)], host.tail)
    if len(host.labels) == len(one.labels):
        return one.open if host.open else not one.open
    return one.open


def _certain(one: Pattern, host: Host) -> bool:
    """Whether every completion of ``host``, which may match ``one``, does so."""
    return not host.open or (one.open and len(one.labels) <= len(host.labels))


def _fits(label: str, written: str) -> bool:
    if label == "*" or label == written:
        return True
    if REGION not in label:
        return False
    before, after = label.split(REGION)
    return len(written) > len(before) + len(after) and written.startswith(before) and written.endswith(after)


def _may_end(label: str, tail: str) -> bool:
    """Whether a label of which only the end ``tail`` is known may be ``label``."""
    if _is_literal(label):
        return label.endswith(tail)
    after = label.split(REGION)[1] if REGION in label else ""
    return after.endswith(tail) or tail.endswith(after)


def _region(one: Pattern, host: Host) -> str | None:
    for label, written in zip(one.labels, host.labels, strict=False):
        if REGION in label:
            before, after = label.split(REGION)
            return written[len(before) : len(written) - len(after)]
    return None


def _region_unknown(one: Pattern, host: Host) -> bool:
    return any(REGION in label for label in one.labels[len(host.labels) :])
