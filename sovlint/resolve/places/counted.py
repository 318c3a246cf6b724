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
from sovlint.rules.domains import is_public, registrable

_SURE: Final = frozenset({SentBy.RULE, SentBy.VALUE})
"""What shows by itself that something is sent, wherever that is."""
_SENDING: Final = frozenset({SentBy.ADDRESS, SentBy.CLIENT})
"""What shows it wherever the host doesn't say otherwise."""
_GUESSED: Final = frozenset({SentBy.ADDRESS, SentBy.URL})
"""What only a name, or that a text is an address of the web, shows."""
_SERVING: Final = frozenset({"compute", "edge"})
"""Roles of hosts at which somebody's application answers: people may be shown its pages."""


def counted_sends(resource: Resource, catalog: Catalog) -> Iterator[Sent]:
    """What a resource sends, in the roles that data plays there; without addresses that are only shown or fetched."""
    for sent in resource.sends:
        if sent.by in (*_SURE, SentBy.STEP):
            yield sent
            continue
        if sent.by is SentBy.UNTOLD:
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
    if sent.by in (*_SENDING, SentBy.URL):
        return None if _is_no_host(sent, answer) else sent.role
    members = sent.value.among if isinstance(sent.value, Unknown) else None
    each_role = (_role(replace(sent, value=each), catalog) for each in members or ())
    return next((role for role in each_role if role is not None), None)


def _is_no_host(sent: Sent, answer: Unknown) -> bool:
    """Whether a text only looks like a host of somebody's: ``django.core.mail`` has no scheme, and nobody registers
    domains there; ``http://claims.prod`` is a service of a namespace; ``_`` is in no domain."""
    if answer.host is None or not isinstance(sent.value, Known):
        return False
    if is_public(answer.host):
        return "_" in registrable(answer.host)
    is_of_namespace = sent.by in _GUESSED and answer.host.count(".") == 1
    return is_of_namespace or "://" not in str(sent.value.value)


def _role_at(sent: Sent, match: HostMatch, catalog: Catalog) -> str | None:
    if match.takes is not None:
        is_page = sent.by is SentBy.SHOWN and match.takes in _SERVING
        return None if is_page else match.takes
    is_open = isinstance(sent.value, Unknown) and "*" in shown_host(sent.value)
    is_sent = sent.by in _SENDING or (sent.by is SentBy.URL and is_open)
    if not is_sent or match.takes_nothing:
        return None
    # Whose it is the configuration says, and not what answers there; of a domain, any service of the company may.
    kinds = catalog.kinds_of(match.provider, match.service)
    if match.said is not None or not kinds:
        return sent.role
    roles = (kind.takes or kind.asked for kind in kinds)
    role = next((role for role in roles if role), None)
    return (
        sent.role if role is None and is_open else role
    )  # which service answers isn't known


def asks_for_declared(sent: Sent, provider: Fact[str]) -> bool:
    """Whether it counts only of a class that is declared: a step of a pipeline tells it, or nothing but a value shows an
    address, of nobody knows whom."""
    return sent.by is SentBy.STEP or (sent.by is SentBy.URL and _is_open(sent, provider))


def _is_open(sent: Sent, provider: Fact[str]) -> bool:
    """Whether nobody knows who answers, or what: of a host only a domain is known."""
    is_cut = isinstance(sent.value, Unknown) and "*" in shown_host(sent.value)
    return is_cut or isinstance(provider, Unknown)


def is_guessed(sent: Sent, provider: Fact[str]) -> bool:
    """Whether only the name of a setting shows that something is sent to whoever answers, and nobody knows who that is."""
    is_name = sent.by is SentBy.ADDRESS and isinstance(provider, Unknown)
    return sent.by is SentBy.STEP or is_name or asks_for_declared(sent, provider)
