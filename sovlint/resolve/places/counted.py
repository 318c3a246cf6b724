"""Which addresses count that only the name of a setting, or the host itself, shows to be sent to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch
from sovlint.catalog.load import Catalog
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SHOWN_BY, Sent, SentBy
from sovlint.model.value import Fact, Known, Unknown
from sovlint.resolve.facts.endpoints import shown_host, stays_inside, who_answers
from sovlint.rules.domains import is_public, registrable

_SURE: Final = frozenset({SentBy.RULE, SentBy.VALUE})
"""What shows by itself that something is sent, wherever that is."""
_SENDING: Final = frozenset({SentBy.ADDRESS, SentBy.CLIENT, SentBy.URL})
"""What shows it, or makes it likely, wherever the host doesn't say otherwise."""
_GUESSED: Final = frozenset({SentBy.ADDRESS, SentBy.URL})
"""What only a name, or that a text is an address of the web, shows."""
_SHOWN: Final = SHOWN_BY | {SentBy.CALLBACK}
"""What shows that people, or somebody who is called back, are told an address."""
SERVING: Final = frozenset({"compute", "edge"})
"""Roles of hosts at which somebody's application answers: people may be shown its pages."""


def counted_sends(sends: Iterable[Sent], catalog: Catalog) -> Iterator[Sent]:
    """What counts of what is sent, in the roles that data plays there; without addresses that are only shown or fetched."""
    for sent in sends:
        if sent.is_asked:
            continue
        if sent.by in (*_SURE, SentBy.STEP):
            yield sent
            continue
        if sent.by is SentBy.UNTOLD:
            continue
        answer = who_answers(cast("Fact[str]", sent.value), catalog)
        role = _role(sent, answer, catalog)
        if role is not None:
            by = SentBy.HOST if sent.by is SentBy.URL and _takes_data(answer) else sent.by
            yield (
                sent
                if (role, by) == (sent.role, sent.by)
                else replace(sent, role=role, by=by)
            )


def only_shown(resource: Resource, catalog: Catalog) -> Iterator[tuple[Sent, str]]:
    """What of a resource's addresses outside its name exempts, with the host: ``*`` for what isn't known of it."""
    for sent in resource.sends:
        if sent.by not in _SHOWN or stays_inside(sent.value, catalog):
            continue
        host = HIDDEN if sent.value.sensitive else shown_host(sent.value)
        answer = who_answers(cast("Fact[str]", sent.value), catalog)
        if host and _role(sent, answer, catalog) is None:
            yield sent, host


def _takes_data(answer: Fact[HostMatch]) -> bool:
    """Whether one who may answer takes data under any name."""
    found = (answer,) if isinstance(answer, Known) else answer.among or ()
    return any(cast("HostMatch", each.value).takes is not None for each in found)


def _role(sent: Sent, answer: Fact[HostMatch], catalog: Catalog) -> str | None:
    """The role of what is sent to an address, by who answers there; ``None`` where nothing shows that anything is."""
    if isinstance(answer, Known):
        return _role_at(sent, answer.value, catalog)
    if answer.among:
        roles = (
            _role_at(sent, cast("HostMatch", each.value), catalog) for each in answer.among
        )
        return next((role for role in roles if role is not None), None)
    if sent.by is SentBy.CALLBACK and _is_called_elsewhere(answer, catalog):
        return sent.role
    if sent.by in _SENDING:
        return None if _is_no_host(sent, answer) else sent.role
    members = sent.value.among if isinstance(sent.value, Unknown) else None
    each_role = (
        _role(
            replace(sent, value=each), who_answers(cast("Fact[str]", each), catalog), catalog
        )
        for each in members or ()
    )
    return next((role for role in each_role if role is not None), None)


def _is_called_elsewhere(answer: Unknown, catalog: Catalog) -> bool:
    """Whether who is told to call back somewhere is told so of somebody else's host, as far as the repository shows."""
    host = answer.host
    return host is not None and is_public(host) and not catalog.hosts.house.owns(host)


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
        is_page = sent.by in _SHOWN and match.takes in SERVING
        return None if is_page else match.takes
    is_page = sent.by is SentBy.URL and match.shown
    if sent.by not in _SENDING or match.takes_nothing or is_page:
        return None
    # Whose it is the configuration says, and not what answers there; of a domain, any service of the company may.
    kinds = catalog.kinds_of(match.provider, match.service)
    if match.said is not None or not kinds:
        return sent.role
    roles = (kind.takes or kind.asked for kind in kinds)
    role = next((role for role in roles if role), None)
    is_open = isinstance(sent.value, Unknown) and "*" in shown_host(sent.value)
    return (
        sent.role if role is None and is_open else role
    )  # which service answers isn't known


def asks_for_declared(sent: Sent, provider: Fact[str], catalog: Catalog) -> bool:
    """Whether what counts does so only of a class that is declared: a step of a pipeline tells it, or nothing but a value
    shows an address, of nobody knows whom or at a company of which nobody knows what answers there, or nothing but a
    name does, where not even a host is written."""
    if sent.by is SentBy.ADDRESS:
        return isinstance(provider, Unknown) and not shown_host(sent.value)
    if sent.by is not SentBy.URL:
        return sent.by is SentBy.STEP
    answer = who_answers(cast("Fact[str]", sent.value), catalog)
    return isinstance(provider, Unknown) or isinstance(answer, Known)


def is_guessed(sent: Sent, provider: Fact[str], catalog: Catalog) -> bool:
    """Whether it is only a guess that something is sent to whoever answers: a name that says nothing has the address, or
    nobody knows who answers at one that has a name of an address."""
    is_unlisted = sent.by in (SentBy.ADDRESS, SentBy.CALLBACK) and isinstance(
        provider, Unknown
    )
    return is_unlisted or asks_for_declared(sent, provider, catalog)
