"""Paths and URLs, as Go takes them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from sovlint.expressions.templates.functions.arguments import data_of, text, text_of
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.values import Map


def _clean(path: str) -> str:
    """The shortest path that means the same."""
    rooted = path.startswith("/")
    kept: list[str] = []
    for name in path.split("/"):
        if name in ("", "."):
            continue
        if name != "..":
            kept.append(name)
        elif kept and kept[-1] != "..":
            kept.pop()
        elif not rooted:
            kept.append(name)
    made = ("/" if rooted else "") + "/".join(kept)
    return made or "."


def _base(value: Any) -> str:
    path = text(value)
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def _dir(value: Any) -> str:
    folder, slash, _ = text(value).rpartition("/")
    return _clean(folder + slash)


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ESCAPE = re.compile(r"%(?:([0-9A-Fa-f]{2})|(.{0,2}))", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_HOST = re.compile(r"[ \\^`{|}]")
_PORT = re.compile(r"(?::\d*)?")
_USER_SAFE = "$&+,;="


def _wrong(url: str, why: str) -> TemplateError:
    return TemplateError(f'unable to parse url: parse "{url}": {why}')


def _unescaped(url: str, part: str) -> str:
    for found in _ESCAPE.finditer(part):
        if found[1] is None:
            raise _wrong(url, f'invalid URL escape "{found.group()}"')
    data = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda each: bytes.fromhex(each[1].decode()), data_of(part)
    )
    return text_of(data)


def _url_parse(value: Any) -> Map:
    url = text(value)
    if _CONTROL.search(url):
        raise _wrong(url, "net/url: invalid control character in URL")
    rest, _, fragment = url.partition("#")
    parts = Map(
        dict.fromkeys(
            ("scheme", "host", "hostname", "path", "query", "opaque", "userinfo"), ""
        )
    )
    parts["fragment"] = _unescaped(url, fragment)
    found = _SCHEME.match(rest)
    if found is not None:
        parts["scheme"] = found[1].lower()
        rest = rest[found.end() :]
    elif rest.startswith(":"):
        raise _wrong(url, "missing protocol scheme")
    rest, _, parts["query"] = rest.partition("?")
    if parts["scheme"] and not rest.startswith("/"):
        parts["opaque"] = rest
        return parts
    if not rest.startswith("/") and ":" in rest.partition("/")[0]:
        raise _wrong(url, "first path segment in URL cannot contain colon")
    if rest.startswith("//") and (parts["scheme"] or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        rest = slash + path
        _set_authority(parts, url, authority)
    parts["path"] = _unescaped(url, rest)
    return parts


def _set_authority(parts: Map, url: str, authority: str) -> None:
    user, at, host = authority.rpartition("@")
    if at:
        parts["userinfo"] = _user(url, user)
    inside, bracket, behind = host.rpartition("]")
    bad = _NO_HOST.search(host)
    if bad is not None:
        raise _wrong(url, f'invalid character "{bad.group()}" in host name')
    name, colon, number = host.rpartition(":")
    port = behind if bracket else colon + number if colon else ""
    if not _PORT.fullmatch(port):
        raise _wrong(url, f'invalid port "{port}" after host')
    parts["host"] = host if bracket else _unescaped(url, host)
    if bracket:
        parts["hostname"] = inside.removeprefix("[")
    else:
        parts["hostname"] = name if colon else parts["host"]


def _user(url: str, user: str) -> str:
    name, colon, password = user.partition(":")
    escaped = quote(_unescaped(url, name), safe=_USER_SAFE)
    return escaped + colon + quote(_unescaped(url, password), safe=_USER_SAFE)


PLAIN: Mapping[str, Callable[..., Any]] = {
    "base": _base,
    "dir": _dir,
    "urlParse": _url_parse,
}
