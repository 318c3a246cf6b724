"""Which addresses count that only the name of a setting, or the host itself, shows to be sent to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch
from sovlint.catalog.load import Catalog
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.resource import Resource, Sent, SentBy
from sovlint.model.value import Fact, Known, Unknown
from sovlint.resolve.facts.endpoints import shown_host, stays_inside, who_answers
from sovlint.rules.domains import is_public

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


def only_shown(resource: Resource, catalog: Catalog) -> Iterator[tuple[Sent, str]]:
    """What of a resource's addresses outside its name exempts, with the host: ``*`` for what isn't known of it."""
    for sent in resource.sends:
        if sent.by is not SentBy.SHOWN or stays_inside(sent.value, catalog):
            continue
        host = HIDDEN if sent.value.sensitive else shown_host(sent.value)
        if host and _role(sent, catalog) is None:
            yield sent, host


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
    if sent.by not in _SENDING or _is_no_host(sent, answer):
        return None
    return sent.role


def _is_no_host(sent: Sent, answer: Unknown) -> bool:
    """Whether a text only looks like a host: ``django.core.mail`` has no scheme, and nobody registers domains there."""
    if answer.host is None or not isinstance(sent.value, Known):
        return False
    text = str(sent.value.value)
    return "://" not in text and not is_public(answer.host)


def _role_at(sent: Sent, match: HostMatch, catalog: Catalog) -> str | None:
    if match.takes is not None:
        is_page = sent.by is SentBy.SHOWN and match.takes in _SERVING
        return None if is_page else match.takes
    if sent.by not in _SENDING:
        return None
    if (
        match.said is not None
    ):  # the configuration says whose it is, and not what answers there
        return sent.role
    if match.service is not None:
        return None
    if isinstance(sent.value, Unknown) and "*" in shown_host(sent.value):
        return sent.role  # which of its services answers isn't known
    # A domain of the company: what answers there is one of its services, which may all be of one kind.
    kinds = catalog.kinds_of(match.provider, None)
    return next((kind.takes for kind in kinds if kind.takes), None)


def is_guessed(sent: Sent, provider: Fact[str]) -> bool:
    """Whether only the name of a setting shows that something is sent to whoever answers, and nobody knows who that is."""
    return sent.by is SentBy.ADDRESS and isinstance(provider, Unknown)
