"""Who answers at an endpoint: a setting's text, perhaps with holes -> the host, and the company behind it."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sovlint.catalog.entries import HostMatch
from sovlint.catalog.hosts import reserved
from sovlint.catalog.load import Catalog
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, marked_parts, marked_text
from sovlint.model.placement import ShownBy, Shows
from sovlint.model.redaction.redact import HIDDEN, safe_text
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    Step,
    Unknown,
    UnknownKind,
    Value,
    either,
    map_fact,
)
from sovlint.resolve.values import members, steps
from sovlint.rules.values.address_text import SCHEME, addresses

_WELL_FORMED = late_pattern(r"[\w.:*-]+")
_BEFORE_AT = late_pattern(r"(?<![^\s@])[^\s@]+@")
_RAW_USER_INFO = late_pattern(r"(?<![^\s/:@?#])[^\s/:@?#]*:(?!\d*[/?#])")
"""Where user info begins with a ``/``, ``?`` or ``#`` in its password that isn't escaped: what comes before the ``@``
isn't the host. Both are tried from where a word begins alone: long texts would take long otherwise."""
_PORT = late_pattern(r":[0-9\x00]*$")
_EMPTY_LABEL = late_pattern(r"(?:(?<=\.)|^)(?=\.)")
_LOCAL_NAMES = ("localhost", "local", "localdomain", "internal", "lan", "home.arpa")
"""Names for this machine or network: RFC 6761, RFC 6762, RFC 8375 and common use."""

_LOCAL_ENDS = tuple(f".{name}" for name in _LOCAL_NAMES)
_SERVICE_NAMES = (".svc", ".svc.cluster.local")
_THROWAWAY = "jdbc:tc:"
"""Testcontainers starts the database of such an address on the machine that asks for it."""
_OF_RELEASE = late_pattern(
    r"\{\{-?\s*(?:\$?\.Release\.Name|(?:include|template)\s+\"[\w./-]*(?:fullname|name)\"\s+[.$])\s*-?\}\}"
)
"""What a chart's template writes for the name of its release, by which the services of the release are called."""
_OF_NAMESPACE = late_pattern(r"[\w-]+\.(?!xn--)[a-z0-9]+(?:-[a-z0-9]+)+", re.IGNORECASE)
"""A service by its name and namespace: no domain of the internet ends in a name with a hyphen (RFC 3696)."""


_REMEMBERED: Final = 16_384
"""A repository has the same addresses again and again, and each is looked at several times."""


@lru_cache(_REMEMBERED)
def host_parts(parts: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The host of an address given as literals and holes, in the same form: no scheme, user info, port or path. No host
    has an empty label: what is to stand there is still unset, and isn't known."""
    joined = marked_text(parts)
    bare = SCHEME.sub("", joined.strip())
    authority = re.split(r"[/?#;\\]", _without_user_info(bare), maxsplit=1)[0].rpartition(
        "@"
    )[2]
    host = (
        authority[1:].partition("]")[0]
        if authority.startswith("[")
        else _PORT.sub("", authority)
    )
    return marked_parts(_EMPTY_LABEL.sub(HOLE, host.lower().rstrip(".")))


def _without_user_info(bare: str) -> str:
    for before in _BEFORE_AT.finditer(bare):
        user = _RAW_USER_INFO.search(before.group())
        if user is not None:
            return bare[: before.start() + user.start()] + bare[before.end() :]
    return bare


def who_answers(fact: Fact[str], catalog: Catalog) -> Fact[HostMatch]:
    """Who answers at the endpoint that ``fact`` gives. A host that the catalogue lacks is unknown, never a guess."""
    several = [marked_parts(host) for host in catalog.hosts.instances_in(_joined(fact))]
    if not several and isinstance(fact, Known):
        several = [(each,) for each in addresses(fact.value)]
        if len(several) < 2:
            return _known(several[0] if several else (), fact, catalog)
    if several or isinstance(fact, Known):
        unknown = Unknown(
            Reason.MULTI_VALUED, "endpoint", fact.because, sensitive=fact.sensitive
        )
        return either([_known(parts, fact, catalog) for parts in several], unknown)
    if fact.among:
        return either(
            [_known((str(member.value),), fact, catalog) for member in fact.among], fact
        )
    return _known(fact.parts, fact, catalog) if fact.parts else fact


def _joined(value: Value) -> str:
    """What is known of an address as one text, with signs for its holes."""
    if isinstance(value, Known):
        return str(value.value)
    return marked_text(value.parts or ())


def company(answers: Fact[HostMatch]) -> Fact[str]:
    """The company that answers."""
    return map_fact(answers, lambda match: Known(match.provider))


def shown_by(answers: Fact[HostMatch], catalog: Catalog) -> tuple[ShownBy, ...]:
    """What shows whose the host is, or each that it may be; nothing where the configuration says so."""
    found = [(match.value.provider, match.value.source) for match in members(answers)]
    return tuple(
        ShownBy(Shows.HOST, catalog.titles[provider], source, source.background)
        for provider, source in found
        if source is not None
    )


def _known(
    parts: tuple[str | None, ...], fact: Fact[str], catalog: Catalog
) -> Fact[HostMatch]:
    host = host_parts(parts)
    match = catalog.hosts.match(host) if host else None
    if match is not None:
        return Known(match, _by_configuration(match, fact.because))
    if isinstance(fact, Unknown) and None in host:
        return fact.bare()
    text = "".join("*" if part is None else part for part in host)
    nobody = _nobody(text, catalog)
    if fact.sensitive:
        return Unknown(nobody.reason, HIDDEN, fact.because, sensitive=True)
    if not _WELL_FORMED.fullmatch(text):  # no host at all: whatever it is, it may be secret
        text = HIDDEN
    text = safe_text(text)
    kind = None if text == HIDDEN else nobody.kind
    note = Note(nobody.said, {"host": text})
    return Unknown(nobody.reason, f"host {text}", fact.because, note=note, kind=kind)


def _by_configuration(match: HostMatch, because: Because) -> Because:
    """What shows a match: where the configuration says it, where that does."""
    if match.said is None:
        return because
    return Step(match.said, Note("resolve.hosts-here"), steps(because))


class _Nobody(Struct, frozen=True):
    """Why nobody is known to answer at a host, and the key of what is said of it."""

    reason: Reason
    said: str
    kind: UnknownKind | None = None


_LOCAL = _Nobody(Reason.NO_EVIDENCE, "resolve.private-address")
_INSIDE = _Nobody(Reason.NO_EVIDENCE, "resolve.inside-by-configuration")
_NOT_A_PLACE = _Nobody(Reason.NO_EVIDENCE, "resolve.no-placement")
_UNLISTED = _Nobody(
    Reason.NOT_IN_CATALOGUE, "resolve.host-unlisted", UnknownKind.HOST_UNLISTED
)
_OF_HOUSE = _Nobody(
    Reason.NOT_IN_CATALOGUE, "resolve.host-of-house", UnknownKind.HOST_OF_HOUSE
)


def _nobody(host: str, catalog: Catalog) -> _Nobody:
    if is_local(host):
        return _LOCAL
    if catalog.hosts.not_placement(host):
        return _NOT_A_PLACE
    if catalog.hosts.is_inside((host,)):
        return _INSIDE
    return _OF_HOUSE if catalog.hosts.house.owns(host) else _UNLISTED


@lru_cache(_REMEMBERED)
def is_local(host: str) -> bool:
    """Whether a host is loopback, private or link-local, or a name that only has meaning inside a network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last in _LOCAL_NAMES or host.endswith(_LOCAL_ENDS)
    return not address.is_global


def known_host(value: Value) -> str | None:
    """The one host of an address that is known; ``None`` where there are several, or a part of it isn't known."""
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return None
    listed = addresses(value.value)
    host = host_parts((listed[0],)) if len(listed) == 1 else ()
    return host[0] if len(host) == 1 else None


def shown_host(value: Value) -> str:
    """The host of an address as people are told it, ``*`` for what isn't known; empty where nothing of it is known."""
    parts = value.parts or () if isinstance(value, Unknown) else (str(value.value or ""),)
    host = host_parts(parts)
    text = "".join("*" if part is None else part for part in host)
    return text if text.strip("*.") and _WELL_FORMED.fullmatch(text) else ""


def in_cluster(value: Value) -> bool:
    """Whether an address is surely that of a service inside the cluster that it is used in: one of the names that a
    cluster's own DNS gives to services (Kubernetes, "DNS for Services and Pods")."""
    if isinstance(value, Known):
        return all(_in_cluster((each,)) for each in addresses(str(value.value)))
    return _in_cluster(value.parts or ())


def stays_inside(value: Value, catalog: Catalog) -> bool:
    """Whether data surely doesn't leave by an address: each host that it may be is local, private or a service's of the
    same cluster, or one where no data lands at all (documentation, and names reserved for examples: RFC 2606)."""
    if isinstance(value, Unknown):
        if value.among:
            return all(stays_inside(member, catalog) for member in value.among)
        return (
            bool(value.parts)
            and not catalog.hosts.instances_in(_joined(value))
            and (_inside(value.parts or (), catalog) or _of_release(value))
        )
    if value.value is None or catalog.hosts.instances_in(str(value.value)):
        return False
    return all(_inside((each,), catalog) for each in addresses(str(value.value)))


def _of_release(value: Unknown) -> bool:
    """Whether the first hole of an address is the name of a chart's release, and its host that of one of its services:
    a single label, with no user in front of it."""
    address = _joined(value)
    if not _OF_RELEASE.fullmatch(value.detail) or "@" in address:
        return False
    host = host_parts(value.parts or ())
    text = marked_text(host)
    is_first = SCHEME.sub("", address.strip()).lower().startswith(text)
    return is_first and host.count(None) == 1 and "." not in text


def _is_nowhere(parts: tuple[str | None, ...], end: str) -> bool:
    """Whether a host ends in no domain, whatever stands in its holes (``redis://${NAME}-redis-master:6379``): what is
    known of its last label has a hyphen, which those of the internet don't have. A scheme or a port shows that it is a
    host."""
    is_host = SCHEME.match(parts[0] or "") or re.search(r":\d+$", parts[-1] or "")
    return "-" in end and "." not in end and bool(is_host)


def names_no_domain(value: Value) -> bool:
    """Whether what is known of the end of a machine's name is no end of a domain, whatever stands before:
    ``${NAME}-redis-master``. No part of it is a path or a scheme."""
    parts = value.parts if isinstance(value, Unknown) and not value.among else None
    known = "".join(part or "" for part in parts or ())
    end = (parts or ("",))[-1] or ""
    return "-" in end and re.fullmatch(r"[\w-]+", known) is not None


def _inside(parts: tuple[str | None, ...], catalog: Catalog) -> bool:
    if parts and (parts[0] or "").startswith(_THROWAWAY):
        return True
    host = host_parts(parts)
    if None in host:
        end = host[-1] or ""
        return (
            _in_cluster(parts)
            or end.endswith(_LOCAL_ENDS)
            or _is_nowhere(parts, end)
            or reserved(end)
            or _is_local_end(end)
            or catalog.hosts.is_inside(host)
        )
    name = "".join(part or "" for part in host)
    return (
        is_local(name)
        or _in_cluster(parts)
        or reserved(name)
        or catalog.hosts.not_placement(name)
        or catalog.hosts.is_inside(host)
    )


def _is_local_end(text: str) -> bool:
    """Whether hosts that end so have names of this machine or network, whatever stands before."""
    _, dot, last = text.rpartition(".")
    return bool(dot) and last in _LOCAL_NAMES


def _in_cluster(parts: tuple[str | None, ...]) -> bool:
    host = host_parts(parts)
    last = host[-1] if host else None
    if last is None:
        return False
    return (
        last.endswith(_SERVICE_NAMES)
        or _OF_NAMESPACE.fullmatch(marked_text(host)) is not None
    )
