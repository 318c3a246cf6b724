"""Services that an endpoint moves elsewhere: to another company, or to another region of the same one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch, PlacementRule, Plugin, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resource import TRUE, Binding, Resource, Sent
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, Value, either, map_fact
from sovlint.resolve.facts.endpoints import company, who_answers
from sovlint.resolve.facts.regions import Place, region_of
from sovlint.resolve.reading import at, first, noted


def endpoint_of(
    resource: Resource, rule: PlacementRule, plugin: Plugin, binding: Binding, here: Place, catalog: Catalog
) -> Fact[str] | None:
    """The endpoint that the provider block sets for this service; for an unlisted type, any moved one casts doubt."""
    if not plugin.endpoints:
        return None
    if rule.service is None:
        return _any_moved(resource, plugin, binding, here, catalog)
    keys = plugin.service_keys.get(resource.type) or plugin.service_keys.get(rule.service, (rule.service,))
    paths = dict.fromkeys(template.format(key=key) for template in plugin.endpoints for key in keys)
    set_here = [first(at(binding.settings, (path,), "resolve.endpoint-here")) for path in paths]
    found = [each for each in set_here if each is not None]
    if len(found) > 1:  # which of them this type is reached at isn't known
        return either(found, Unknown(Reason.MULTI_VALUED, "endpoint", found[0].because))
    return found[0] if found else None


def _any_moved(resource: Resource, plugin: Plugin, binding: Binding, here: Place, catalog: Catalog) -> Unknown | None:
    """Doubt cast by the first endpoint, of whatever service, that leads away from ``here``: it may be this type's."""
    for path in dict.fromkeys(path for template in plugin.endpoints for path in _any_service(template, plugin)):
        for found in (each for block in binding.settings.read(path) for each in _members(block)):
            fact = first([partial(noted, found, "resolve.endpoint-here", name=path.rpartition(".")[2])])
            if fact is not None and not _stays(who_answers(fact, catalog), here, catalog):
                note = Note("resolve.service-may-have-moved", {"type": resource.type})
                return Unknown(Reason.NOT_IN_CATALOGUE, resource.type, fact.because, note=note)
    return None


def _any_service(template: str, plugin: Plugin) -> Sequence[str]:
    """The paths of the endpoints of all services. A key that is a block of its own is one of those that are known:

    any other block or argument of a provider would be taken for one.
    """
    if not template.startswith("{key}."):
        return (template.format(key="*"),)
    return [template.format(key=key) for keys in plugin.service_keys.values() for key in keys]


def _members(found: Found) -> Sequence[Found]:
    """What stands in a block or map, as if read one by one; anything else is its own only member."""
    inner = found.value.value if isinstance(found.value, Known) else None
    return [replace(found, value=value) for value in inner.values()] if isinstance(inner, dict) else (found,)


def _stays(answer: Fact[HostMatch], here: Place, catalog: Catalog) -> bool:
    """Whether a host is surely that of the provider that runs it anyway, and no other region's."""
    if not (isinstance(answer, Known) and isinstance(here.provider, Known)):
        return False
    match = answer.value
    if match.provider != here.provider.value or match.region_hole:
        return False
    if match.region is None:
        return True
    named = catalog.find_region(match.provider, match.region)
    return named is not None and isinstance(here.region, Known) and here.region.value.code == named.code


def behind(endpoint: Fact[str], here: Place, written: Fact[str], own_region: bool, catalog: Catalog) -> Place:
    """Behind an endpoint: that company, and the region that the host names, else the one written.

    A provider's own host that names no region (a private one) changes nothing. ``own_region``: where this placement
    sits has nothing to do with where its service is reached (a replica's region, say).
    """
    own = here.provider.value if isinstance(here.provider, Known) else None

    def service(match: HostMatch) -> Fact[str]:
        if match.provider == own:
            return here.service
        if match.service:
            return Known(match.service)
        return Unknown(Reason.NOT_IN_CATALOGUE, "service", note=Note("resolve.host-without-service"))

    def region(match: HostMatch) -> Fact[Region]:
        named = None if own_region else _named_by(match, endpoint, catalog)
        if named is not None:
            return named
        return here.region if match.provider == own else region_of(Known(match.provider), written, catalog)

    answer = who_answers(endpoint, catalog)
    decided = (endpoint.because, *here.decided) if _is_company(answer, own) else (endpoint.because, written.because)
    return Place(company(answer), map_fact(answer, service), map_fact(answer, region), decided)


def _is_company(answer: Fact[HostMatch], company: str | None) -> bool:
    return isinstance(answer, Known) and answer.value.provider == company


def _named_by(match: HostMatch, endpoint: Fact[str], catalog: Catalog) -> Fact[Region] | None:
    """The region that a host names; unknown where the label that would is; ``None`` where it names none."""
    if match.region:
        return region_of(Known(match.provider), Known(match.region), catalog)
    if match.region_hole and isinstance(endpoint, Unknown):
        return endpoint.bare()
    return None


def sent_to(given: Found, catalog: Catalog, region: Fact[str] | None = None, default: bool = False) -> Place:
    """Whoever answers at an address that data is sent to; in the ``region`` written beside it, where the host names
    none. ``default``: nobody wrote that address, it counts because no other is written."""
    fact = first([lambda: noted(given, "resolve.default-address" if default else "resolve.address-here")])
    endpoint: Fact[str] = Unknown(Reason.NO_EVIDENCE, "endpoint") if fact is None else fact
    nothing = Unknown(Reason.NO_EVIDENCE, "region")
    return behind(endpoint, Place(nothing, nothing, nothing), nothing if region is None else region, False, catalog)


def where_given(sent: Sent) -> tuple[Sent, Fact[bool]]:
    """What is sent where the address is given at all, and whether it is: one that may be null may not be there."""
    value = sent.value
    if not isinstance(value, Unknown) or not any(member.value is None for member in value.among or ()):
        return sent, TRUE
    given = [member for member in value.among or () if member.value is not None]
    doubt = value.bare()
    return replace(sent, value=either(given, doubt) if given else doubt), doubt


def sent_by(sent: Sent, catalog: Catalog) -> Place:
    """Whoever gets what a setting sends: who answers at its address, else the company that the setting proves.

    The region is the one that the address names, else what is written beside it. An address that is known decides
    against the company: a relay of one's own is nobody else's.
    """
    region = None
    if sent.region is not None:
        beside = Found(_unless_null(sent.region), sent.where)
        region = first([lambda: noted(beside, "resolve.region-here", name=sent.key or "region")])
    if sent.kind is not None:
        return _in_region(sent, sent.kind, region, catalog)
    at = sent_to(Found(sent.value, sent.where), catalog, region, sent.default)
    silent = isinstance(sent.value, Known) and sent.value.value is None
    open_ = isinstance(sent.value, Unknown) and isinstance(at.provider, Unknown) and not at.provider.among
    step = _sending(sent, at.decided)
    if sent.provider is None or not (silent or open_):
        return replace(at, decided=(step,))
    provider: Fact[str] = Known(sent.provider, step)
    nowhere = at.provider if open_ and isinstance(at.provider, Unknown) else Unknown(Reason.NO_EVIDENCE, "region", step)
    service: Fact[str] = Unknown(Reason.NO_EVIDENCE, "service", step)
    return Place(provider, service, region_of(provider, nowhere if region is None else region, catalog), (step,))


def _unless_null(region: Value) -> Value:
    """A region; where it may be null, nothing is known of it."""
    may_be = isinstance(region, Unknown) and any(member.value is None for member in region.among or ())
    return region.bare() if may_be and isinstance(region, Unknown) else region


def _sending(sent: Sent, parents: Iterable[Because]) -> Step:
    note = Note("resolve.sent-here", {"key": sent.key}) if sent.key else Note("resolve.hosted-here")
    return Step(sent.where, note, tuple(each for each in parents if each is not None))


def _in_region(sent: Sent, kind: str, region: Fact[str] | None, catalog: Catalog) -> Place:
    """Whoever has the region that is written, of those who speak the protocol: nobody alone, since software that
    anybody runs takes any name for a region. For the same reason it doesn't show where that is.

    None of them is meant unless whom the protocol comes from has it too: clients turn there where no address is told.
    """
    step = _sending(sent, () if region is None else (region.because,))
    code = region.value if isinstance(region, Known) else ""
    having = dict.fromkeys(each.id for each, _ in catalog.of_kind(kind) if code and catalog.find_region(each.id, code))
    several = len(having) > 1 and sent.provider in having
    key = "resolve.region-of-several" if several else "resolve.region-alone"
    names = tuple(catalog.titles[each] for each in having)
    note = Note(key, {"region": code, "providers": names}) if code else None
    hidden = region is not None and region.sensitive
    nobody = Unknown(Reason.NO_EVIDENCE, "endpoint", step, sensitive=hidden, note=note)
    members = tuple(Known(cast(object, each), step) for each in having) if several else None
    service: Fact[str] = Unknown(Reason.NO_EVIDENCE, "service", step)
    return Place(nobody.but(among=members), service, nobody.but(detail="region"), (step,))
