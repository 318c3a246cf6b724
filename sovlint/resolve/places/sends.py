"""Where data goes that a resource sends by its own configuration: to a resource of this repository, or to a company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar, cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Step, Unknown, either
from sovlint.resolve.attribute_texts import first, noted
from sovlint.resolve.facts.endpoints import (
    known_host,
    names_no_domain,
    shown_host,
    stays_inside,
    who_answers,
)
from sovlint.resolve.facts.service_place import ServicePlace, region_of
from sovlint.resolve.places.counted import SERVING, counted_sends
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.parents import PlaceOwner, answering
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.receivers import led_to, receiver, without_keeper
from sovlint.resolve.references import refers_to
from sovlint.resolve.values import no_evidence, steps, value_of
from sovlint.rules.domains import is_public
from sovlint.rules.values.address_names import words_of

T = TypeVar("T")

_DEFAULT = re.compile(r":[=-].*", re.DOTALL)
"""What stands for a variable that isn't set: ``${SECRET_DOMAIN:=acme.fr}``."""
_OF_ADDRESS = 2
"""Words that a setting's name has of an address at most: ``BASE_URL``."""


class Destinations:
    """Where all leads that resources send: for each resource, what counts of it, and where that goes. Both flows and
    placements ask for it, and it is worked out once."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._found: dict[int, Sequence[tuple[Sent, Resource | ServicePlace | None]]] = {}

    def of(self, resource: Resource) -> Sequence[tuple[Sent, Resource | ServicePlace | None]]:
        """What a resource sends, each with its destination."""
        found = self._found.get(resource.number)
        if found is None:
            found = [
                (sent, destination(resource, sent, self._placer))
                for sent in counted_sends(resource.sends, self._placer.catalog)
            ]
            self._found[resource.number] = found
        return found


def destination(
    resource: Resource, sent: Sent, placer: Placer
) -> Resource | ServicePlace | None:
    """Where an address leads that a resource sends data to; ``None`` where data surely doesn't leave by it.

    A resource is one that this repository declares. That is judged itself; of one that it only looks up, whoever sends
    there is judged.
    """
    sent = without_keeper(resource, sent, placer)
    end = receiver(resource, sent, placer)
    if end is not None:
        return _judged_itself(end, sent, placer)
    sent, _ = where_given(sent)
    if stays_inside(sent.value, placer.catalog) or _is_own_address(resource, sent, placer):
        return None
    if _is_service(sent, placer) or _is_machine_inside(sent, placer.catalog):
        return None
    at_home = _at_own_host(resource, sent, placer)
    if isinstance(at_home, Resource):
        return _judged_itself(at_home, sent, placer)
    if at_home is not None:
        is_plain = sent.by in (SentBy.ADDRESS, SentBy.URL)
        return None if is_plain and _is_here(resource, at_home, placer) else at_home
    owner = answering(resource, Found(sent.value, sent.where), placer.resources)
    if owner is not None:
        return placer.owned(owner)
    place = _where_named(resource, sent, sent_by(sent, placer.catalog), placer)
    return placer.elsewhere.sent(place, sent)


def _judged_itself(end: Resource, sent: Sent, placer: Placer) -> Resource | ServicePlace:
    """What gets what is sent: itself where it is declared here, else its place."""
    if not placer.resources.is_looked_up(end):
        return end
    given = Found(sent.value, sent.where)
    return placer.owned(PlaceOwner(end, given, end.address, "", "resolve.own-address"))


def _where_named(
    resource: Resource, sent: Sent, place: ServicePlace, placer: Placer
) -> ServicePlace:
    """A place whose region nothing tells, in that of what is named: something of this repository, of the same company."""
    address = None if sent.names is None else refers_to(sent.names)
    named = placer.resources.declared(resource, address) if address else None
    if named is None or isinstance(place.region, Known):
        return place
    own, company = placer.place_of(named), value_of(place.provider)
    is_theirs = company is not None and value_of(own.provider) == company
    return replace(place, region=own.region) if is_theirs else place


def is_of_tests(sent: Sent, place: ServicePlace, placer: Placer) -> bool:
    """Whether only a file of tests sends something, to nobody knows whom: a company that is known has it all the same.
    Of a class that is declared it counts."""
    provider = place.provider
    is_open = isinstance(provider, Unknown) and not provider.among
    return is_open and placer.is_of_tests(sent.where.span().path)


def where_given(sent: Sent) -> tuple[Sent, Fact[bool]]:
    """What is sent where the address is given at all, and whether it is: one that may be null, or that is switched off,
    may not be there."""
    if sent.off is not None:
        return sent, cast("Fact[bool]", sent.off)
    value = sent.value
    if not isinstance(value, Unknown) or not _may_be_null(value):
        return sent, TRUE
    given = [member for member in value.among or () if member.value is not None]
    doubt = value.bare()
    return replace(sent, value=either(given, doubt) if given else doubt), doubt


def sent_by(sent: Sent, catalog: Catalog) -> ServicePlace:
    """Whoever gets what a setting sends: who answers at its address, else the company that the setting proves.

    The region is the one that the address names, else what is written beside it. An address that is known decides
    against the company: a relay of one's own is nobody else's.
    """
    region = _region_beside(sent)
    if sent.kind is not None:
        return _in_region(sent, sent.kind, region, catalog)
    place = sent_to(Found(sent.value, sent.where), catalog, region, sent.default)
    named = () if sent.names is None else (sent.names.because,)
    step = _sending(sent, *place.decided, *named)
    is_open = (
        isinstance(sent.value, Unknown)
        and isinstance(place.provider, Unknown)
        and not place.provider.among
    )
    is_silent = isinstance(sent.value, Known) and sent.value.value is None
    if sent.provider is None or not (is_silent or is_open):
        return replace(place, decided=(step,), region=_saying(place.region, region, catalog))
    provider: Fact[str] = Known(sent.provider, step)
    if region is None:
        region = place.provider if is_open else no_evidence("region", step)
    return ServicePlace(
        provider, no_evidence("service", step), region_of(provider, region, catalog), (step,)
    )


# --- to this repository's own hosts


def _is_service(sent: Sent, placer: Placer) -> bool:
    """Whether an address is that of a service in a namespace: one of the repository's clusters, or one whose name nobody
    registers domains under."""
    host = known_host(sent.value)
    if (
        host is None
        or host.count(".") != 1
        or placer.catalog.hosts.match((host,)) is not None
    ):
        return False
    written = str(sent.value.value) if isinstance(sent.value, Known) else ""
    is_kept = placer.catalog.hints().formats.references.match(written)
    is_inside = placer.served.is_service_here(host) or not is_public(host)
    return is_kept is None and is_inside


def _is_machine_inside(sent: Sent, catalog: Catalog) -> bool:
    """Whether a machine is meant whose name ends in no domain of the internet."""
    return catalog.address_names.is_of_machine(sent.key) and names_no_domain(sent.value)


def _is_own_address(resource: Resource, sent: Sent, placer: Placer) -> bool:
    """Whether a plain address is the repository's own, or tells a thing where it answers itself: it is called as the
    thing is (``SEARCH_BASE_URL`` of ``search``), and the host is of the house, or as far as it is known: ``search.*``."""
    if sent.by not in (SentBy.ADDRESS, SentBy.URL, SentBy.HOST):
        return False
    is_named = sent.by is SentBy.ADDRESS and placer.served.is_called_here(sent.key)
    if _may_be_own(sent, placer.catalog) and (
        is_named or placer.served.is_own(sent, resource)
    ):
        return True
    name, words = words_of(resource.address.rpartition("/")[2]), words_of(sent.key)
    if _is_in_own_zone(sent, name, words, placer.catalog):
        return True
    if not name or words[: len(name)] != name or len(words) - len(name) > _OF_ADDRESS:
        return False
    host = shown_host(sent.value)
    label, _, above = host.partition(".")
    is_called_so = above.startswith("*") and words_of(label) == name
    return bool(host) and (is_called_so or placer.served.owns(host))


def _is_in_own_zone(
    sent: Sent, name: Sequence[str], words: Sequence[str], catalog: Catalog
) -> bool:
    """Whether a host is called as the thing is, or the setting that has it, below the domain of all that is here:
    ``https://search.${CLUSTER_DOMAIN}``."""
    if not isinstance(sent.value, Unknown):
        return False
    label, _, above = shown_host(sent.value).partition(".")
    variable = _DEFAULT.sub("", sent.value.detail)
    called = words_of(label)
    is_called_so = called in (tuple(name), tuple(words[: len(called)]))
    return above == "*" and is_called_so and catalog.address_names.is_of_zone(variable)


def _may_be_own(sent: Sent, catalog: Catalog) -> bool:
    """Whether no company that the catalogue has takes what is sent to an address, but one on whose platform anybody's
    application answers."""
    answer = who_answers(cast("Fact[str]", sent.value), catalog)
    known = (answer,) if isinstance(answer, Known) else answer.among or ()
    return all(cast("HostMatch", each.value).takes in SERVING for each in known)


def _at_own_host(
    resource: Resource, sent: Sent, placer: Placer
) -> Resource | ServicePlace | None:
    """Where a host leads that this repository serves: to what of it a record leads to, else to whoever has what answers
    there, of each that does. Who the catalogue and the configuration have at a host comes first."""
    host = known_host(sent.value)
    if host is None or placer.catalog.hosts.match((host,)) is not None:
        return None
    led = led_to(placer.served.at(host, resource), placer)
    if led is not None:
        return led
    return placer.at_served_host(resource, Found(sent.value, sent.where))


def _is_here(resource: Resource, place: ServicePlace, placer: Placer) -> bool:
    """Whether something is with the same company, in the same region, as a resource itself."""
    own = placer.place_of(resource)
    return all(
        isinstance(one, Known) and isinstance(other, Known) and one.value == other.value
        for one, other in ((own.provider, place.provider), (own.region, place.region))
    )


# --- to a company


def _region_beside(sent: Sent) -> Fact[str] | None:
    """The region written beside an address; where it may be null, nothing is known of it."""
    region = sent.region
    if region is None:
        return None
    if isinstance(region, Unknown) and _may_be_null(region):
        region = region.bare()
    return first(
        [noted(Found(region, sent.where), "resolve.region-here", name=sent.key or "region")]
    )


def _saying(place: Fact[T], region: Fact[str] | None, catalog: Catalog) -> Fact[T]:
    """Where that is at whose address nobody knows who answers, with the region that is written for it: it tells one place
    from another, and proves nothing, since a store of one's own takes any name for a region. A secret may hold it: what a
    region is called is none."""
    code = value_of(region)
    if not code or region is None or not isinstance(place, Unknown):
        return place
    return (
        place if region.sensitive and not _is_region(code, catalog) else place.but(said=code)
    )


def _is_region(code: str, catalog: Catalog) -> bool:
    """Whether a company calls one of its regions so."""
    found = (catalog.find_region(each, code) for each in catalog.titles)
    return any(each is not None and each.code == code for each in found)


def _may_be_null(value: Unknown) -> bool:
    return any(member.value is None for member in value.among or ())


def _sending(sent: Sent, *causes: Because) -> Step:
    note = (
        Note("resolve.sent-here", {"key": sent.key})
        if sent.key
        else Note("resolve.hosted-here")
    )
    return Step(sent.where, note, steps(*causes))


def _in_region(
    sent: Sent, kind: str, region: Fact[str] | None, catalog: Catalog
) -> ServicePlace:
    """Whoever has the region that is written, of those who speak the protocol: nobody alone, since software that
    anybody runs takes any name for a region. For the same reason it doesn't show where that is.

    None of them is meant unless whom the protocol comes from has it too: clients turn there where no address is told.
    """
    step = _sending(sent, *(() if region is None else (region.because,)))
    code = value_of(region) or ""
    having = dict.fromkeys(
        each.id
        for each, _ in catalog.of_kind(kind)
        if code and catalog.find_region(each.id, code)
    )
    several = len(having) > 1 and sent.provider in having
    key = "resolve.region-of-several" if several else "resolve.region-alone"
    names = tuple(catalog.titles[each] for each in having)
    note = Note(key, {"region": code, "providers": names}) if code else None
    hidden = region is not None and region.sensitive
    nobody = no_evidence("endpoint", step, note).but(sensitive=hidden)
    members = tuple(Known(each, step) for each in having) if several else None
    service = no_evidence("service", step)
    where: Fact[Region] = _saying(nobody.but(detail="region"), region, catalog)
    return ServicePlace(nobody.but(among=members), service, where, (step,))
