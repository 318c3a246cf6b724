"""What a value can only be, whatever it is called: the address of a store, a broker or a directory, by its scheme, by
the words of a connection string, by the ports of a list of hosts, or by the form of a name that only clouds give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct

from sovlint.model.decoding import (
    EntryKey,
    ProviderId,
    Regex,
    Role,
    SomeText,
    SourceKey,
    Texts,
    late,
    pattern,
)
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.value import Known, Value
from sovlint.rules.values.address_text import MAX_TEXT, changed_text, made

_SCHEME: Final = late(
    r"[\s\"']*(?:(?:jdbc|r2dbc):(?:[a-z0-9+-]+:)*(?://|@|\(|(?=[^/\s:]+:\d))|[a-z][a-z0-9+.-]*://)",
    re.IGNORECASE,
)
"""The scheme of an address: ``postgresql+psycopg2://``, ``jdbc:oracle:thin:@``, ``r2dbc:pool:postgresql://``."""
_INNER: Final = late(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_HOSTS: Final = late(
    rf"\s*(?:[\w{HOLE}-]+\.)+[\w{HOLE}-]+:(?P<port>\d{{2,5}})(?:\s*,\s*(?:[\w{HOLE}-]+\.)+[\w{HOLE}-]+:(?P=port))*\s*"
)
"""Hosts that all have one port, with commas between them."""
RESOLVER: Final = late(r"[^\s,]+:(?:53|853)/?\s*")
"""Where names of hosts are asked for: at the ports of DNS (RFC 1035, RFC 7858), whatever stands before."""
_WITH_NAMES: Final = late(r"\{(\w+)\}")
_OF_A_THING: Final = 3
"""So many slashes are in what clouds call a thing by: ``projects/acme/topics/claims``."""
_REMEMBERED: Final = 4_096
"""So many texts are remembered: each is asked about more than once, by its setting and by its value."""


class ValueForm(Struct, frozen=True):
    """One form of a value, and the address that it gives."""

    when: Regex
    """What the value looks like; case doesn't matter."""
    text: SomeText = "{}"
    """The address: `{}` is the value, `{name}` a group of the pattern or a field of a connection string."""


class ValueKind(Struct, frozen=True, kw_only=True):
    """A kind of values that say by themselves where data goes."""

    id: EntryKey
    role: Role
    link: SomeText = "call"
    """The kind of flow where the address is a service's of the same cluster."""
    back: bool = False
    """Whether data comes back from such a service."""
    schemes: Texts = ()
    """Schemes of addresses, in lower case; what stands behind a `+` in one doesn't count."""
    ports: tuple[int, ...] = ()
    """Ports at which only such a service is reached, in lists of `host:port`."""
    forms: tuple[ValueForm, ...] = ()
    """Other forms, the first that fits counts."""
    company: ProviderId | None = None
    """Whose it is, where such a value names a thing and no host."""
    means: SomeText = ""
    """It names a store and no host: it means what a setting of this name means to a signature."""
    source: SourceKey
    positive: Texts
    """Values of the kind."""
    negative: Texts
    """Values that aren't."""


class RecognisedValue(Struct, frozen=True):
    """A value that is of a kind, and the address in it."""

    kind: ValueKind
    address: Value


class ValueKinds:
    """All kinds; which of them a text is of. They are looked at where a value is met."""

    def __init__(self, kinds: Sequence[ValueKind] = ()) -> None:
        self._kinds = kinds
        self._known = lru_cache(maxsize=_REMEMBERED)(self._of_text)

    @cached_property
    def _by_scheme(self) -> Mapping[str, ValueKind]:
        return {scheme: kind for kind in self._kinds for scheme in kind.schemes}

    @cached_property
    def _by_port(self) -> Mapping[int, ValueKind]:
        return {port: kind for kind in self._kinds for port in kind.ports}

    @cached_property
    def _with_forms(self) -> Sequence[ValueKind]:
        return tuple(kind for kind in self._kinds if kind.forms)

    def recognised(self, value: Value) -> RecognisedValue | None:
        """What a value can only be; ``None`` where it may be anything. Of one that is one of several, the first that
        is of a kind says which."""
        for text in texts_of(value):
            found = self._known(text)
            if found is not None:
                kind, form = found
                return _with_address(kind, form, value)
        return None

    def _of_text(self, text: str) -> tuple[ValueKind, ValueForm | None] | None:
        is_path = text.count("/") >= _OF_A_THING
        if not (":" in text or "=" in text or is_path) or RESOLVER().fullmatch(text):
            return None
        scheme = _SCHEME().match(text)
        if scheme is not None:
            kind = self._of_scheme(scheme.group())
            return self._of_form(text) if kind is None else (kind, None)
        hosts = _HOSTS().fullmatch(text)
        if hosts is not None and int(hosts["port"]) in self._by_port:
            return self._by_port[int(hosts["port"])], None
        return self._of_form(text)

    def _of_scheme(self, head: str) -> ValueKind | None:
        """The kind of the first scheme that is known: `jdbc:postgresql:`, `r2dbc:pool:mysql:`, `postgresql+asyncpg:`."""
        for scheme in _INNER().findall(head.lower()):
            plain = scheme.partition("+")[0]
            kind = self._by_scheme.get(scheme) or self._by_scheme.get(plain)
            if kind is not None:
                return kind
        return None

    def _of_form(self, text: str) -> tuple[ValueKind, ValueForm] | None:
        for kind in self._with_forms:
            for form in kind.forms:
                if pattern(form.when, re.IGNORECASE).search(text):
                    return kind, form
        return None


def texts_of(value: Value, longest: int = MAX_TEXT) -> Iterator[str]:
    """The texts that a value may be, with ``HOLE`` for a part that isn't known; none that is longer, as no address is."""
    if isinstance(value, Known):
        found = [] if value.value is None else [str(value.value)]
    elif value.among:
        found = [str(each.value) for each in value.among if each.value is not None]
    else:
        found = [marked_text(value.parts)] if value.parts else []
    yield from (text for text in found if len(text) <= longest)


def _with_address(
    kind: ValueKind, form: ValueForm | None, value: Value
) -> RecognisedValue | None:
    if form is None:
        address = made("{}", value)
    elif _grouped(form):
        address = changed_text(value, lambda text: _of_groups(form, text))
    else:
        address = made(form.text, value)
    return None if address is None else RecognisedValue(kind, address)


def _grouped(form: ValueForm) -> bool:
    """Whether the address of a form is made of groups of its pattern."""
    names = set(_WITH_NAMES().findall(form.text))
    return bool(names) and names <= pattern(form.when, re.IGNORECASE).groupindex.keys()


def _of_groups(form: ValueForm, text: str) -> str | None:
    met = pattern(form.when, re.IGNORECASE).search(text)
    if met is None:
        return None
    return _WITH_NAMES().sub(lambda name: met[name[1]] or HOLE, form.text)
