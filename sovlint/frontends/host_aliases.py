"""Names to which a container, or the DNS of its cluster, is told an address: one that looks like a name of the network
may lead outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Final

from sovlint.frontends.addresses import hosts_in
from sovlint.model.decoding import late_pattern
from sovlint.model.value import Known, Value
from sovlint.rules.domains import is_public

Aliases = Mapping[str, str]
"""By a name, the address outside to which it leads."""

_REWRITE: Final = late_pattern(
    r"^[ \t]*rewrite[ \t]+(?:(?:stop|continue)[ \t]+)?name[ \t]+(?:exact[ \t]+)?(?P<name>[\w.-]+)[ \t]+(?P<other>[\w.-]+)",
    re.MULTILINE,
)
_HOSTS: Final = late_pattern(
    r"^[ \t]*(?P<address>[0-9a-fA-F.:]{7,45})[ \t]+(?P<names>[\w.-]+(?:[ \t]+[\w.-]+)*)[ \t]*$",
    re.MULTILINE,
)


def aliases_of(written: Iterable[tuple[str, str]]) -> Aliases:
    """Of names and addresses, what counts: names that nobody could know, and addresses of the internet. Any other name
    says itself whose it is."""
    return {
        name.lower(): address
        for name, address in written
        if name and _is_outside(address) and not is_public(name)
    }


def of_corefile(text: str) -> Aliases:
    """What a configuration of CoreDNS says of whole names: those for which it asks another name of the internet
    (``rewrite name``), and those that it tells an address of it (``hosts``). Source: CoreDNS, "rewrite" and "hosts"."""
    pairs = (
        (name, met["address"])
        for met in _HOSTS.finditer(text)
        for name in met["names"].split()
    )
    found = dict(aliases_of(pairs))
    for met in _REWRITE.finditer(text):
        name, other = met["name"].rstrip(".").lower(), met["other"].rstrip(".").lower()
        if is_public(other) and name != other:
            found[name] = other
    return found


def followed(value: Value, aliases: Aliases) -> Value:
    """A value with the addresses in place of such names; what isn't known stays as it is."""
    if not aliases or not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    text = value.value
    for host in hosts_in(text, bare=True):
        if host in aliases:
            text = _with(text, host, aliases[host])
    return value if text == value.value else Known(text, value.because, value.sensitive)


def _with(text: str, host: str, address: str) -> str:
    whole = rf"(?<![\w.-]){re.escape(host)}(?![\w-]|\.\w)"
    at = text.find("@") + 1
    return text[:at] + re.sub(whole, address, text[at:], count=1, flags=re.IGNORECASE)


def _is_outside(address: str) -> bool:
    try:
        return ip_address(address).is_global
    except ValueError:
        return False
