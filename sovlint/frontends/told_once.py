"""What one thing sends, each address once, whatever the settings and command lines are called that say it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final

from sovlint.model.resource import SHOWN_BY, Sent, SentBy
from sovlint.model.value import known_of

_BY_ADDRESS: Final = frozenset(
    {
        SentBy.ADDRESS,
        SentBy.URL,
        SentBy.HOST,
        SentBy.CALLBACK,
        SentBy.UNTOLD,
        *SHOWN_BY,
    }
)
"""What tells of an address no more than that it is there."""


def told_once(sends: Iterable[Sent]) -> tuple[Sent, ...]:
    """What is sent, without what another one says of the same address: the first that says it counts. What shows that
    something is sent counts before what only names the address, and that before what may only show it to people."""
    listed = sorted(sends, key=lambda sent: sent.may_be_shown)
    shown = {known_of(sent.value) for sent in listed if sent.by not in _BY_ADDRESS}
    met: dict[Hashable, Sent] = {}
    for sent in listed:
        value = known_of(sent.value)
        if sent.by in _BY_ADDRESS and value is not None and value in shown:
            continue
        met.setdefault(sent.told, sent)
    return tuple(met.values())
