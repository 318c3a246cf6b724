"""The hosts that values name, with signs for what isn't known of them, and what repeats the address of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from sovlint.model.partial.holes import HOLE
from sovlint.model.resource import Sent, SentBy
from sovlint.model.value import Known, Value
from sovlint.rules.values.address_forms import AUTHORITY
from sovlint.rules.values.value_kinds import texts_of

T = TypeVar("T")

_OF_RULES: Final = (SentBy.RULE, SentBy.STEP)


def is_named_by_address(sent: Sent) -> bool:
    """Whether what is sent to is named by an address that has no host: a bucket (``s3://claims``)."""
    return isinstance(sent.names, Known) and "://" in str(sent.names.value)


def without_repeats(
    found: Iterable[T], sent_of: Callable[[T], Sent], by_place: bool = False
) -> list[T]:
    """What is sent, without what only a value shows where a rule tells the same address, or another one of its host.

    ``by_place``: each place has one setting, so that what a rule tells of it is all that it says.
    """
    listed = list(found)
    rules = [sent_of(each) for each in listed if sent_of(each).by in _OF_RULES]
    hosts = {host for sent in rules for host in hosts_apart(sent.value)}
    places = {id(sent.where) for sent in rules} if by_place else set()

    def is_new(sent: Sent) -> bool:
        return id(sent.where) not in places and hosts.isdisjoint(hosts_apart(sent.value))

    return [each for each in listed if sent_of(each).by in _OF_RULES or is_new(sent_of(each))]


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
