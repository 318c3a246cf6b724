"""Functions on IP networks."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from sovlint.expressions.kinds import Functions, NotKnown, Refused, unsupported
from sovlint.expressions.texts import number_of, text_of
from sovlint.model.decoding import late_pattern

_OTHERWISE = late_pattern(r"^0*:[0:]*ffff:|(?:^|\.)0\d", re.IGNORECASE)
"""IPv4 within IPv6, and leading zeros."""
Network = IPv4Network | IPv6Network


def _network(value: object) -> Network:
    """The network of a prefix; bits of a host in it don't count."""
    text = text_of(value) or ""
    if "/" not in text:
        raise Refused("a network such as 10.0.0.0/8 expected")
    if _OTHERWISE.search(text):
        raise NotKnown(unsupported("an address that Terraform writes otherwise"))
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise Refused("not a network") from None


def _whole(value: object) -> int:
    number = number_of(value)
    if int(number) != number:
        raise Refused("a whole number expected")
    return int(number)


def _subnet(network: Network, bits: int, number: int) -> Network:
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen or not 0 <= number < 1 << bits:
        raise Refused("no room for that network")
    start = int(network.network_address) + (number << (network.max_prefixlen - length))
    return type(network)((start, length))


def _cidrhost(prefix: object, number: object) -> str:
    """Counted from the end where the number is negative."""
    network, at = _network(prefix), _whole(number)
    size = int(network.broadcast_address) - int(network.network_address) + 1
    if not -size <= at < size:
        raise Refused("no such host in the network")
    return str(ip_address(int(network.network_address) + at % size))


FUNCTIONS: Functions = {
    "cidrhost": _cidrhost,
    "cidrsubnet": lambda prefix, bits, number: str(
        _subnet(_network(prefix), _whole(bits), _whole(number))
    ),
}
