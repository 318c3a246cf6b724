"""The resource of this repository that gets what a setting sends: what answers at an address, is named, or stands in the
name of a host by reference."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known, Unknown
from sovlint.resolve.facts.endpoints import host_parts, known_host
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.parents import answering
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.served_hosts import Serving
from sovlint.resolve.references import answering_address, refers_to
from sovlint.resolve.values import value_of

_KEEPS = "keys"
"""The role of what keeps secrets."""


def without_keeper(resource: Resource, sent: Sent, placer: Placer) -> Sent:
    """The same, where what is referred to only keeps the address, as a secret: that isn't who answers there."""
    value = sent.value
    address = answering_address(value)
    end = placer.resources.declared(resource, address) if address else None
    entry = None if end is None else placer.resources.entry(end)
    roles = set() if entry is None else {rule.role for rule in entry.rules}
    if roles != {_KEEPS} or not isinstance(value, Unknown):
        return sent
    return replace(sent, value=value.but(host_of=None))


def receiver(resource: Resource, sent: Sent, placer: Placer) -> Resource | None:
    """What this repository declares that gets what is sent: what answers at the address, or is named and of the company
    that gets it. What carries no payload only leads on to somebody else."""
    address = answering_address(sent.value)
    end = (
        placer.resources.declared(resource, address)
        if address
        else _named_receiver(resource, sent, placer)
        or _in_its_host(resource, sent, placer)
        or _app(resource, sent, placer)
    )
    entry = None if end is None or end is resource else placer.resources.entry(end)
    is_there = entry is not None and not entry.config
    return end if is_there else _by_own_name(resource, sent, placer)


def _app(resource: Resource, sent: Sent, placer: Placer) -> Resource | None:
    """What has the host of an address from the platform that it runs on."""
    host = known_host(sent.value)
    return None if host is None else placer.served.app_at(host, resource)


def _named_receiver(resource: Resource, sent: Sent, placer: Placer) -> Resource | None:
    """The resource whose name is given, where it is of the role that the setting is for, and of the company, if it is for
    one's: text made of a name names another thing, and a store that keeps a key gets nothing."""
    name = None if sent.names is None else refers_to(sent.names)
    end = placer.resources.declared(resource, name) if name else None
    if end is None or sent.names is None:
        return None
    if not placer.resources.names_here.is_called(end, sent.names):
        return None
    entry = placer.resources.entry(end)
    if entry is None or sent.role not in {rule.role for rule in entry.rules}:
        return None
    place = placer.place_of(end)
    is_theirs = sent.company is None or value_of(place.provider) == sent.company
    return end if is_theirs and not _is_elsewhere(sent, place, placer.catalog) else None


def _in_its_host(resource: Resource, sent: Sent, placer: Placer) -> Resource | None:
    """The resource that the first label of a host is read from, where both are of one company: ``<api>.execute-api.*``
    is that API, wherever the rest of its host lies."""
    value = sent.value
    hole = _first_hole(value) if isinstance(value, Unknown) else None
    if hole is None or not isinstance(value, Unknown):
        return None
    label, *above = host_parts(value.parts or ()) or ("",)
    if label is not None or not above or not (above[0] or "").startswith("."):
        return None
    address = refers_to(hole)
    end = placer.resources.declared(resource, address) if address else None
    company = value_of(sent_to(Found(value, sent.where), placer.catalog).provider)
    if end is None or company is None or value_of(placer.place_of(end).provider) != company:
        return None
    return end


def _by_own_name(resource: Resource, sent: Sent, placer: Placer) -> Resource | None:
    """What a record of this repository leads to, where the name of that, not known otherwise, is the whole host."""
    value = sent.value
    hole = _first_hole(value) if isinstance(value, Unknown) else None
    if hole is None or host_parts(
        value.parts or (None,) if isinstance(value, Unknown) else ()
    ) != (None,):
        return None
    address = refers_to(hole)
    named = placer.resources.declared(resource, address) if address else None
    return None if named is None else led_to(placer.served.led_by(named), placer)


def _first_hole(value: Unknown) -> Unknown | None:
    """What stands first in an address, behind its scheme."""
    if not value.parts:
        return value
    is_first = value.parts[0] is None or value.parts[0].endswith("//")
    return value.holes[0] if is_first and value.holes else None


def _is_elsewhere(sent: Sent, place: ServicePlace, catalog: Catalog) -> bool:
    """Whether the setting names a region in which a thing surely isn't."""
    if not isinstance(sent.region, Known) or not isinstance(place.region, Known):
        return False
    if sent.company is None:
        return str(sent.region.value) != place.region.value.code
    region = catalog.find_region(sent.company, str(sent.region.value))
    return region is None or region.code != place.region.value.code


def led_to(serving: Sequence[Serving], placer: Placer) -> Resource | None:
    """The resource of this repository that records lead to by reference, where each leads to one."""
    owners = [
        None if each.leads is None else answering(each.resource, each.leads, placer.resources)
        for each in serving
    ]
    first_owner = owners[0] if owners and all(each is not None for each in owners) else None
    return None if first_owner is None else first_owner.resource
