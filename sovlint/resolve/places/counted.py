"""Which addresses count that only the name of a setting, or the host itself, shows to be sent to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch
from sovlint.catalog.load import Catalog
from sovlint.model.resource import Resource, Sent, SentBy
from sovlint.model.value import Fact, Known, Unknown
from sovlint.resolve.facts.endpoints import who_answers

_SURE: Final = frozenset({SentBy.RULE, SentBy.VALUE})
"""What shows by itself that something is sent, wherever that is."""
_SENDING: Final = frozenset({SentBy.ADDRESS, SentBy.CLIENT})
"""What shows it wherever the host doesn't say otherwise."""
_SERVING: Final = frozenset({"compute", "edge"})
"""Roles of hosts at which somebody's application answers: people may be shown its pages."""


def counted_sends(resource: Resource, catalog: Catalog) -> Iterator[Sent]:
    """What a resource sends, in the roles that data plays there; without addresses that are only shown or fetched."""
    for sent in resource.sends:
        if sent.by in _SURE:
            yield sent
            continue
        role = _role(sent, catalog)
        if role is not None:
            yield sent if role == sent.role else replace(sent, role=role)


def _role(sent: Sent, catalog: Catalog) -> str | None:
    """The role of what is sent to an address; ``None`` where nothing shows that anything is."""
    answer = who_answers(cast("Fact[str]", sent.value), catalog)
    if isinstance(answer, Known):
        return _role_at(sent, answer.value, catalog)
    if answer.among:
        roles = (
            _role_at(sent, cast("HostMatch", each.value), catalog) for each in answer.among
        )
        return next((role for role in roles if role is not None), None)
    return sent.role if sent.by in _SENDING else None


def _role_at(sent: Sent, match: HostMatch, catalog: Catalog) -> str | None:
    if match.takes is not None:
        is_page = sent.by is SentBy.SHOWN and match.takes in _SERVING
        return None if is_page else match.takes
    is_theirs = (
        match.service is None
    )  # a domain of the company: nobody knows what answers there
    return sent.role if is_theirs and sent.by in _SENDING else None


def is_guessed(sent: Sent, provider: Fact[str]) -> bool:
    """Whether only the name of a setting shows that something is sent to whoever answers, and nobody knows who that is."""
    return sent.by is SentBy.ADDRESS and isinstance(provider, Unknown)
