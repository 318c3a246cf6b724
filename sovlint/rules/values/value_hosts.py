"""The hosts that values name, with signs for what isn't known of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Value
from sovlint.rules.domains import is_public, registrable
from sovlint.rules.values.address_forms import AUTHORITY
from sovlint.rules.values.value_kinds import texts_of


def is_named_by_address(sent: Sent) -> bool:
    """Whether what is sent to is named by an address that has no host: a bucket (``s3://claims``)."""
    return isinstance(sent.names, Known) and "://" in str(sent.names.value)


def hosts_apart(value: Value) -> Iterator[tuple[str, str]]:
    """The hosts of an address, with signs for their holes; one with holes is that of another only where the same fills
    them."""
    for text in texts_of(value):
        met = AUTHORITY().match(text)
        if met is not None:
            yield met[1].lower(), _filling(value, text, met)


def _filling(value: Value, text: str, host: re.Match[str]) -> str:
    """What fills the holes of a host; of the first hole of all where that can't be told."""
    if isinstance(value, Known) or HOLE not in host[1]:
        return ""
    if len(value.holes) != text.count(HOLE):
        return value.detail
    before = text[: host.start(1)].count(HOLE)
    holes = value.holes[before : before + host[1].count(HOLE)]
    return " ".join(hole.detail for hole in holes)


def marked_hosts(value: Value) -> Iterator[str]:
    """The host of an address, with signs for its holes; of each that it may be."""
    for text in texts_of(value):
        met = AUTHORITY().match(text)
        if met is not None:
            yield met[1].lower()


class NamedHost(Struct, frozen=True):
    """A host, with signs for what isn't known of it. ``culprit``: what that is, and ``scope`` where it has that name: two
    are the same where the same fills them. Nothing where all is known."""

    name: str
    culprit: str = ""
    scope: str = ""


_NAME: Final = late_pattern(
    r"(?:var|local|data|module)\.[\w.\[\]\"*-]+|\$\{?\w+\}?|\{\{[^{}]*\}\}"
)
"""What names something that isn't known."""


def known_end(name: str) -> str:
    """The whole labels that are known of a host, up to the first that isn't."""
    _, hole, end = name.rpartition(HOLE)
    return (end.partition(".")[2] if hole else end).removeprefix("*.")


def is_registered(domain: str) -> bool:
    """Whether a domain is one that somebody registered, or lies below it: not ``gov.uk``, in which everybody is."""
    below = f"x.{domain}"
    return bool(domain) and is_public(domain) and registrable(below) != below


def hosts_of(value: Value, scope: str) -> Iterator[NamedHost]:
    """The hosts of an address. ``scope``: where what fills their holes has its name."""
    for name, culprit in hosts_apart(value):
        yield from host_filled_by(name, culprit, scope)


def host_filled_by(name: str, culprit: str, scope: str) -> Iterator[NamedHost]:
    """A host; nothing where too little is known of it to tell it from others."""
    if HOLE not in name:
        yield NamedHost(name)
        return
    if is_registered(known_end(name)):
        yield NamedHost(name, culprit)
    elif _NAME.fullmatch(culprit):
        yield NamedHost(name, culprit, scope)
