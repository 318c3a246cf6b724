"""Hosts that a pattern of an overlay takes over from the patterns that ship, and what is said otherwise of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sovlint.catalog.hosts import (
    AgreedMatch,
    Host,
    Pattern,
    agreed,
    around_region,
    is_literal,
    pattern,
)
from sovlint.catalog.overlays.differences import ChangedKey
from sovlint.catalog.trie import Hosts, grouped

_ANSWER: Final = ("provider", "service", "region", "takes")
"""What decides who can compel there, where data is, and whether any is taken."""
_FILLER: Final = "region-1"
"""A label, or a part of one, that two patterns leave open."""
_ANY: Final = "*"


def rerouted(
    entry: Mapping[str, Any], hosts: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[ChangedKey, ...]:
    """What the entry of a host says otherwise than what ships (``hosts``, by domain) says of it, or of one of the hosts
    that its pattern stands for. None where no pattern that ships is wider, or all answer the same."""
    own = pattern(entry)
    shipped = Hosts(hosts)
    found: dict[str, ChangedKey] = {}
    for host in _shared(own, hosts):
        was = shipped.decides(host)
        if was is not None and own.specificity >= was.specificity:
            for change in _changes(agreed((was,), host), agreed((own,), host)):
                found.setdefault(change.keys[0], change)
    return tuple(found[key] for key in _ANSWER if key in found)


def _shared(own: Pattern, hosts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Host]:
    """A host for each pattern that ships which matches some that ``own`` does. Patterns of narrower domains win anyway."""
    (domain,) = grouped(({"host": _written(own)},))
    for name in dict.fromkeys((domain, own.labels[0])):
        for each in hosts.get(name, ()):
            labels = _both(own, pattern(each))
            if labels is not None:
                yield Host(labels)


def _written(one: Pattern) -> str:
    return ".".join((*(("**",) if one.open else ()), *reversed(one.labels)))


def _both(one: Pattern, other: Pattern) -> tuple[str, ...] | None:
    """The labels of a host that both patterns match; ``None`` where there is none."""
    count = max(len(each.labels) + each.open for each in (one, other))
    if any(not each.open and len(each.labels) != count for each in (one, other)):
        return None
    found = [
        _label(*(each.labels[at] if at < len(each.labels) else _ANY for each in (one, other)))
        for at in range(count)
    ]
    labels = tuple(label for label in found if label is not None)
    return labels if len(labels) == count else None


def _label(one: str, other: str) -> str | None:
    """A label that two labels of patterns stand for."""
    if is_literal(one) and is_literal(other):
        return one if one == other else None
    if is_literal(one) or is_literal(other):
        literal, gap = (one, other) if is_literal(one) else (other, one)
        before, after = around_region(gap)
        fits = literal.startswith(before) and literal.endswith(after)
        return literal if fits and len(literal) > len(before + after) else None
    (before, after), (also_before, also_after) = around_region(one), around_region(other)
    begin, end = max(before, also_before, key=len), max(after, also_after, key=len)
    fits = all(begin.startswith(each) for each in (before, also_before)) and all(
        end.endswith(each) for each in (after, also_after)
    )
    return f"{begin}{_FILLER}{end}" if fits else None


def _changes(was: AgreedMatch | None, now: AgreedMatch | None) -> Iterator[ChangedKey]:
    """What answers say otherwise: of another company, that alone."""
    for key in _ANSWER:
        before, after = (getattr(each, key, None) or "" for each in (was, now))
        if before != after:
            yield ChangedKey((key,), before, after, governed=True)
            if key == "provider":
                return
