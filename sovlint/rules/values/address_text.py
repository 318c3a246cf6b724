"""Values of settings -> the addresses in them: URLs, connection strings, what drivers take for a data source."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from sovlint.model.decoding import late, late_pattern
from sovlint.model.partial.holes import cut_text
from sovlint.model.value import Known, Value

_JDBC = late(r"^jdbc:(?:[a-z0-9]+:)+(?:[^/@\s]+/[^@\s]*(?=@))?(?:@?//|@)?", re.IGNORECASE)
_ORACLE_SID = late(r"^([^/:@()]+:\d+):[\w$#.]+$")
_ORACLE_HOST = late(r"\(\s*HOST\s*=\s*([^()\s]+)\s*\)", re.IGNORECASE)
_GO_MYSQL = late(r"^[^/]*@(?:tcp6?)?\(([^()]+)\)(?:/|$)")
_FIELD = late(
    r"""([A-Za-z][\w .-]{0,60}?)\s*=\s*("[^"]*"|'[^']*'|[^;]*)(?:;|$)|([A-Za-z_]{1,60})=(\S+)(?:\s+|$)"""
)
_WORDS = late(r"(\w+)=('[^']*'|[^\s;']+)(?:\s+|$)")
_ALL_WORDS = late(r"\s*(?:\w+=(?:'[^']*'|[^\s;']+)(?:\s+|$))+")
"""``host=a user=b``, as libpq has it."""
_URL = late(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_WITH_FIELDS = late(r"\{([^{}]*)\}")
SCHEME = late_pattern(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:){0,3}//")
"""Of ``r2dbc:pool:postgresql://host``, ``s3:https://host`` and ``//host`` too."""
_NEXT = late(r"(?<![\s,;|])[\s,;|]+(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
"""What stands between an address with a scheme and the next."""
_OPTION = late(r"\s*[A-Za-z][\w .-]*=")
MAX_TEXT = 20_000
"""Longer values aren't addresses."""


def addresses(text: str) -> list[str]:
    """The addresses in a text: one, or several with commas between them (the brokers of a cluster).

    A comma behind a host belongs to a path, unless an address with a scheme follows. What has a sign in it after one is
    an option, perhaps a password.
    """
    listed = _NEXT().split(text.strip())
    if len(listed) > 1:
        return [inner for each in listed for inner in addresses(each)]
    first = re.split(r"[/?#]", SCHEME.sub("", text.strip()), maxsplit=1)[0]
    if "," not in first:
        return [text]
    return [each for each in text.split(",") if each.strip() and not _OPTION().match(each)]


def made(template: str, value: Value) -> Value | None:
    """The address that a value gives; ``None`` where it surely gives none."""
    return changed_text(value, lambda text: _filled(template, text))


def changed_text(value: Value, change: Callable[[str], str | None]) -> Value | None:
    """What ``change`` makes of a value's text, holes and all it may be; ``None`` where that is surely nothing."""
    if isinstance(value, Known):
        text = str(value.value)
        changed = change(text) if len(text) <= MAX_TEXT else None
        return None if changed is None else Known(changed, value.because, value.sensitive)
    if value.among:
        members = [
            member if member.value is None else changed_text(member, change)
            for member in value.among
        ]
        if all(isinstance(member, Known) for member in members):
            return value.but(
                among=tuple(member for member in members if isinstance(member, Known))
            )
        return value.bare()
    if value.parts is None:
        return value
    return cut_text(value, change)


def _filled(template: str, text: str) -> str | None:
    if template == "{}":
        return _plain_address(text)
    if "{}" in template:
        return template.replace("{}", text.strip())
    fields = _fields(text)
    wanted = [name.lower() for name in _WITH_FIELDS().findall(template)]
    if not all(fields.get(name) for name in wanted):
        return None
    filled = _WITH_FIELDS().sub(lambda met: fields[met[1].lower()], template)
    return re.sub(r"^(?:tcp|np|lpc):|,\d+$", "", _of_oracle(filled))


def _fields(text: str) -> dict[str, str]:
    """The fields of a connection string, or of the query of a URL."""
    if _URL().match(text):
        return {name.lower(): value for name, value in parse_qsl(text.partition("?")[2])}
    if _ALL_WORDS().fullmatch(text):
        return {name.lower(): value.strip("'") for name, value in _WORDS().findall(text)}
    return {(plain or spaced).strip().lower(): (value or other).strip("\"' ") for plain, value, spaced, other in
            _FIELD().findall(text)}  # fmt: skip


def _plain_address(text: str) -> str:
    """An address as a host can be read from: of a JDBC URL, what comes after the driver, up to its parameters; of a
    data source of Go's MySQL driver, what stands in brackets."""
    source = _GO_MYSQL().search(text)
    if source is not None:
        return f"mysql://{source[1]}"
    met = _JDBC().match(text)
    return (
        text if met is None else f"jdbc://{_of_oracle(text[met.end() :].partition(';')[0])}"
    )


def _of_oracle(text: str) -> str:
    """The hosts of an Oracle data source: of a descriptor ``(ADDRESS=(HOST=a))``, or before ``:port:SID``."""
    hosts = _ORACLE_HOST().findall(text)
    return ",".join(hosts) if hosts else _ORACLE_SID().sub(r"\1", text)
