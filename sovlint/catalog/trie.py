"""Host patterns in a trie of labels, so that a lookup doesn't grow with the number of patterns.

Patterns are kept by domain (``domain``: the last two labels, where both are literal), and those of a domain are made
into a trie when it is first asked for: a run pays for the few domains that it meets. A host goes down its own labels;
besides the literal branch there may be one for ``*`` and a few for labels known in part, and each node is met at most
once. Of a host with a hole, whatever stands below the hole is possible and is gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sovlint.catalog.hosts import (
    AgreedMatch,
    Host,
    Pattern,
    agreed,
    around_region,
    is_literal,
    may_end,
    pattern,
)

_IN_DOMAIN = 2
"""Labels of a domain: more would not tell more companies apart, fewer would put all of `.com` together."""


class TrieNode:
    """Where the labels read so far lead: the patterns that end here, and the labels that may come next."""

    __slots__ = ("any", "end", "literal", "partial", "rest", "shapes")

    def __init__(self) -> None:
        self.literal: dict[str, TrieNode] = {}
        self.partial: dict[tuple[str, str], TrieNode] = {}
        self.shapes: list[tuple[int, int]] = []
        """How long the parts before and after the region are in ``partial``, most specific first."""
        self.any: TrieNode | None = None
        self.end: Pattern | None = None
        """The pattern with exactly these labels."""
        self.rest: Pattern | None = None
        """The pattern with these labels and one or more others (``**``)."""

    def add(self, one: Pattern) -> None:
        """Add a pattern below this node, which must be the root."""
        node = self
        for label in one.labels:
            node = node._make(label)
        if one.open:
            node.rest = one
        else:
            node.end = one

    def _make(self, label: str) -> TrieNode:
        if is_literal(label):
            return self.literal.setdefault(label, TrieNode())
        around = around_region(label)
        if around == ("", ""):
            self.any = self.any or TrieNode()
            return self.any
        if around not in self.partial:
            shapes = {*self.shapes, (len(around[0]), len(around[1]))}
            self.shapes = sorted(shapes, key=lambda shape: (-sum(shape), -shape[0]))
        return self.partial.setdefault(around, TrieNode())

    def onward(self, label: str) -> Iterator[TrieNode]:
        """Where a label leads, most specific first."""
        if label in self.literal:
            yield self.literal[label]
        for before, after in self.shapes:
            if len(label) > before + after:
                found = self.partial.get((label[:before], label[len(label) - after :]))
                if found is not None:
                    yield found
        if self.any is not None:
            yield self.any

    def ending(self, tail: str) -> Iterator[TrieNode]:
        """Where a label may lead of which only the end is known."""
        yield from (node for label, node in self.literal.items() if label.endswith(tail))
        yield from (
            node
            for (_, after), node in self.partial.items()
            if may_end("{region}" + after, tail)
        )
        if self.any is not None:
            yield self.any

    def below(self) -> Iterator[Pattern]:
        """Every pattern that ends here or further on."""
        for node in self.ending(""):
            yield from node.below()
        yield from (one for one in (self.end, self.rest) if one is not None)


class Hosts:
    """All host patterns. ``by_domain`` has the entries of ``endpoints.yaml`` as ``grouped`` gives them."""

    def __init__(self, by_domain: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._entries = by_domain
        self._tries: dict[str, TrieNode | None] = {}

    def match(self, host: Host) -> AgreedMatch | None:
        """What ``host`` proves, or ``None``; see ``hosts.agreed``."""
        return agreed(self._candidates(host), host)

    def decides(self, host: Host) -> Pattern | None:
        """The pattern that decides what a host proves which is wholly known."""
        return next(self._candidates(host), None)

    def may_have(self, host: Host) -> bool:
        """Whether some completion of ``host`` matches a pattern; one of which only the last label is known may be in any
        domain that ends so."""
        if host.open and len(host.labels) < _IN_DOMAIN:
            last = host.labels[0]
            return any(name == last or name.endswith(f".{last}") for name in self._entries)
        return next(self._candidates(host), None) is not None

    def _candidates(self, host: Host) -> Iterator[Pattern]:
        """The patterns that some completion of ``host`` matches, most specific first."""
        for name in self._domains(host):
            root = self._trie(name)
            if root is not None:
                yield from _found(root, host, 0)

    def _domains(self, host: Host) -> Iterator[str]:
        """The domains that may have patterns for ``host``, the longer names, more specific, first."""
        last = host.labels[0]
        if len(host.labels) >= _IN_DOMAIN:
            yield _name(host.labels[:_IN_DOMAIN])
        elif host.open and last in self._entries:
            yield from (name for name in self._entries if name.endswith(f".{last}"))
        yield last

    def _trie(self, domain: str) -> TrieNode | None:
        if domain not in self._tries:
            entries = self._entries.get(domain)
            self._tries[domain] = (
                None if entries is None else trie(pattern(entry) for entry in entries)
            )
        return self._tries[domain]


def trie(patterns: Iterable[Pattern]) -> TrieNode:
    """The root of a trie of patterns; of two that claim the same hosts the later one is kept."""
    root = TrieNode()
    for one in patterns:
        root.add(one)
    return root


def grouped(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Entries by the domain of their pattern."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        one = pattern(entry)
        found.setdefault(_name(one.labels[: max(1, min(_IN_DOMAIN, one.domain))]), []).append(
            entry
        )
    return found


def _name(labels: Sequence[str]) -> str:
    return ".".join(reversed(labels))


def _found(node: TrieNode, host: Host, at: int) -> Iterator[Pattern]:
    if at < len(host.labels):
        for after in node.onward(host.labels[at]):
            yield from _found(after, host, at + 1)
    elif host.open:
        for after in node.ending(host.tail):
            yield from after.below()
    elif node.end is not None:
        yield node.end
    if node.rest is not None and (at < len(host.labels) or host.open):
        yield node.rest
