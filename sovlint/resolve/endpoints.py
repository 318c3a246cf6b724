"""Who answers at an endpoint: a setting's text, perhaps with holes -> the host, and the company behind it."""

from __future__ import annotations

import ipaddress
import re

from sovlint.catalog.entries import HostMatch
from sovlint.catalog.load import Catalog
from sovlint.model.redact import mask, printable
from sovlint.model.value import Fact, Known, Reason, Unknown, either

_HOLE = "\x00"
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")
_PORT = re.compile(r":[0-9\x00]*$")
_LOCAL_NAMES = ("localhost", "local", "localdomain", "internal", "lan", "home.arpa")
"""Names for this machine or network: RFC 6761, RFC 6762, RFC 8375 and common use."""


def host_parts(parts: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The host of an address given as literals and holes, in the same form: no scheme, user info, port or path."""
    joined = "".join(_HOLE if part is None else part.replace(_HOLE, "") for part in parts)
    bare = _SCHEME.sub("", joined.strip())
    authority = re.split(r"[/?#]", bare, maxsplit=1)[0].rpartition("@")[2]
    host = authority[1:].partition("]")[0] if authority.startswith("[") else _PORT.sub("", authority)
    found: list[str | None] = []
    for position, piece in enumerate(host.lower().rstrip(".").split(_HOLE)):
        if position:
            found.append(None)
        if piece:
            found.append(piece)
    return tuple(found)


def who_answers(fact: Fact[str], catalog: Catalog) -> Fact[HostMatch]:
    """Who answers at the endpoint that ``fact`` gives. A host that the catalogue lacks is unknown, never a guess."""
    if isinstance(fact, Known):
        return _known((fact.value,), fact, catalog)
    if fact.among:
        return either([_known((str(member.value),), fact, catalog) for member in fact.among], fact)
    if fact.parts:
        return _known(fact.parts, fact, catalog)
    return fact


def _known(parts: tuple[str | None, ...], fact: Fact[str], catalog: Catalog) -> Fact[HostMatch]:
    host = host_parts(parts)
    match = catalog.match_host(host) if host else None
    if match is not None:
        return Known(match, fact.because)
    if isinstance(fact, Unknown) and None in host:
        return Unknown(fact.reason, fact.detail, fact.because)
    text = "".join(part or "" for part in host)
    if is_local(text):
        return Unknown(Reason.NO_EVIDENCE, _shown(f"{text} is a private address", fact), fact.because)
    return Unknown(Reason.NOT_IN_CATALOGUE, _shown(f"host {text}", fact), fact.because)


def _shown(text: str, fact: Fact[str]) -> str:
    return "a sensitive endpoint" if fact.sensitive else printable(mask(text))


def is_local(host: str) -> bool:
    """Whether a host is loopback, private or link-local, or a name that only has meaning inside a network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last in _LOCAL_NAMES or host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES))
    return not address.is_global
