"""Hosts named in a text: of URLs, of ``host:port``, of lists of them. Shared by the front ends of containers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.value import Known, Unknown, Value

_URL = late_pattern(
    r"(?:[a-z][a-z0-9+.-]{0,30}:)?[a-z][a-z0-9+.-]{0,30}://(?P<authority>[^/?#\s\"'<>`]*)",
    re.IGNORECASE,
)
_WITH_PORT = late_pattern(
    r"(?:^|[\s,;=@(])(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252}):(?P<port>\d{2,5})(?=$|[\s,;/)?])"
)
_NAME = late_pattern(
    r"[A-Za-z0-9]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9_-]{0,62})){0,8}\.?\Z"
)
MAX_TEXT = 10_000
"""Longer texts aren't addresses: they are files, which have readers of their own."""

_HOST_WORDS = frozenset({
    "ADDR", "ADDRESS", "ADDRESSES", "BACKEND", "BROKER", "BROKERS", "ENDPOINT", "ENDPOINTS", "HOST", "HOSTNAME",
    "HOSTS", "SERVER", "SERVERS", "SERVICE", "UPSTREAM", "URI", "URL", "URLS",
})  # fmt: skip
"""Last words of the names of settings whose value, where it is but a name, is a host's."""


def names_a_host(name: str) -> bool:
    """Whether the value of a setting that is called so is a host's name, where it is but a name."""
    return name.upper().replace("-", "_").replace(".", "_").rpartition("_")[2] in _HOST_WORDS


def plain(value: Value) -> str | None:
    """A value as one text with holes; ``None`` where nothing is known of it, or it is no text."""
    if isinstance(value, Known):
        inner = value.value
        if isinstance(inner, bool) or not isinstance(inner, (str, int, float)):
            return None
        return str(inner).replace(HOLE, "")
    assert isinstance(value, Unknown)
    if value.parts is None:
        return None
    return marked_text(value.parts)


def hosts_in(text: str, bare: bool = False) -> Iterator[str]:
    """The hosts that a text names, in lower case, without those that have a hole in them.

    ``bare``: whether the text, if it is nothing but a name, is one too; without a scheme or port that only the name
    of the setting tells.
    """
    if len(text) > MAX_TEXT:
        return
    met = False
    for found in _URL.finditer(text) if "://" in text else ():
        met = True
        for authority in found["authority"].rpartition("@")[2].split(","):
            yield from _host(authority)
    if met:
        return
    for found in _WITH_PORT.finditer(text) if ":" in text else ():
        met = True
        yield from _host(found["host"])
    if not met and bare:
        for each in text.split(","):
            if _NAME.match(each.strip()):
                yield from _host(each.strip())


def _host(authority: str) -> Iterator[str]:
    host = authority.partition(":")[0].rstrip(".").lower()
    if host and HOLE not in host and _NAME.match(host):
        yield host
