"""The obvious slow way to match a host: try every pattern. What the trie finds must be what this finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sovlint.catalog.hosts import REGION, AgreedMatch, Host, Pattern, agreed

NAME = "[^.]+"


def scan(patterns: Iterable[Pattern], host: Host) -> AgreedMatch | None:
    """What ``host`` proves, all patterns tried one by one."""
    possible = [one for one in patterns if may_match(one, host)]
    return agreed(sorted(possible, key=lambda one: one.specificity, reverse=True), host)


def may_match(one: Pattern, host: Host) -> bool:
    """Whether some completion of ``host`` matches: each length that could matter is tried."""
    if not host.open:
        return matches(one, host.labels)
    if len(host.labels) < len(one.labels):
        shared = zip(host.labels, one.labels, strict=False)
        return all(fits(label, written) for written, label in shared) and _may_end(
            one.labels[len(host.labels)], host.tail
        )
    return one.open and all(
        fits(label, written) for written, label in zip(host.labels, one.labels, strict=False)
    )


def matches(one: Pattern, labels: tuple[str, ...]) -> bool:
    """Whether a host that is wholly known matches."""
    return _expression(one.labels, one.open).fullmatch(".".join(labels[::-1])) is not None


@cache
def _expression(written: tuple[str, ...], is_open: bool) -> re.Pattern[str]:
    expression = r"\.".join(
        "".join(
            NAME if piece == REGION else re.escape(piece)
            for piece in re.split(r"(\{region\})", label)
        )
        if label != "*"
        else NAME
        for label in written[::-1]
    )
    more = rf"({NAME}\.)+" if is_open else ""
    return re.compile(more + expression)


def fits(label: str, written: str) -> bool:
    """Whether one label of a pattern may be ``written``."""
    return matches(Pattern((label,), False, None), (written,))


def _may_end(label: str, tail: str) -> bool:
    """Whether a label with this end may be one of the pattern; for a region, of whatever length."""
    if label == "*":
        return True
    if REGION not in label:
        return label.endswith(tail)
    after = label.partition(REGION)[2]
    return after.endswith(tail) or tail.endswith(after)
