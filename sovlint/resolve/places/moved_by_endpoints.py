"""Services that an endpoint moves elsewhere: to another company, or to another region of the same one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch, Plugin, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import Binding
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, either, map_fact
from sovlint.resolve.attribute_texts import first, first_text, noted
from sovlint.resolve.facts.endpoints import company, shown_by, who_answers
from sovlint.resolve.facts.service_place import ServicePlace, nowhere, region_of
from sovlint.resolve.places.placement_tasks import PlacementTask
from sovlint.resolve.values import no_evidence, value_of


def endpoint_of(
    task: PlacementTask,
    plugin: Plugin,
    binding: Binding,
    here: ServicePlace,
    catalog: Catalog,
) -> Fact[str] | None:
    """The endpoint that the provider block sets for this service; for an unlisted type, any moved one casts doubt."""
    if not plugin.endpoints:
        return None
    kind, service = task.resource.type, task.rule.service
    if service is None:
        return _any_moved(kind, plugin, binding, here, catalog)
    keys = plugin.service_keys.get(kind) or plugin.service_keys.get(service, (service,))
    paths = dict.fromkeys(
        template.format(key=key) for template in plugin.endpoints for key in keys
    )
    set_here = [
        first_text(binding.settings, (path,), "resolve.endpoint-here") for path in paths
    ]
    found = [each for each in set_here if each is not None]
    if len(found) > 1:  # which of them this type is reached at isn't known
        return either(found, Unknown(Reason.MULTI_VALUED, "endpoint", found[0].because))
    return found[0] if found else None


def _any_moved(
    kind: str, plugin: Plugin, binding: Binding, here: ServicePlace, catalog: Catalog
) -> Unknown | None:
    """Doubt cast by the first endpoint, of whatever service, that leads away from ``here``: it may be this type's."""
    for path in dict.fromkeys(
        path for template in plugin.endpoints for path in _any_service(template, plugin)
    ):
        for found in (
            each for block in binding.settings.read(path) for each in _members(block)
        ):
            fact = first(
                [noted(found, "resolve.endpoint-here", name=path.rpartition(".")[2])]
            )
            if fact is not None and not _stays(who_answers(fact, catalog), here, catalog):
                note = Note("resolve.service-may-have-moved", {"type": kind})
                return Unknown(Reason.NOT_IN_CATALOGUE, kind, fact.because, note=note)
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
    inner = value_of(found.value)
    return (
        [replace(found, value=value) for value in inner.values()]
        if isinstance(inner, dict)
        else (found,)
    )


def _stays(answer: Fact[HostMatch], here: ServicePlace, catalog: Catalog) -> bool:
    """Whether a host is surely that of the provider that runs it anyway, and no other region's."""
    match = value_of(answer)
    if match is None or match.provider != value_of(here.provider) or match.region_hole:
        return False
    if match.region is None:
        return True
    named = catalog.find_region(match.provider, match.region)
    region = value_of(here.region)
    return named is not None and region is not None and region.code == named.code


def behind(
    endpoint: Fact[str],
    here: ServicePlace,
    written: Fact[str],
    own_region: bool,
    catalog: Catalog,
) -> ServicePlace:
    """Behind an endpoint: that company, and the region that the host names, else the one written.

    A provider's own host that names no region (a private one) changes nothing. ``own_region``: where this placement
    sits has nothing to do with where its service is reached (a replica's region, say).
    """
    own = value_of(here.provider)

    def service(match: HostMatch) -> Fact[str]:
        if match.provider == own:
            return here.service
        called = value_of(here.service)
        known = match.service or (
            catalog.service_named(match.provider, called) if called else None
        )
        if known:
            return Known(known)
        return Unknown(
            Reason.NOT_IN_CATALOGUE, "service", note=Note("resolve.host-without-service")
        )

    def region(match: HostMatch) -> Fact[Region]:
        named = None if own_region else _named_by(match, endpoint, catalog)
        if named is not None:
            return named
        return (
            here.region
            if match.provider == own
            else region_of(Known(match.provider), written, catalog)
        )

    answer = who_answers(endpoint, catalog)
    is_own = isinstance(answer, Known) and answer.value.provider == own
    decided = here.decided if is_own else (written.because,)
    place = ServicePlace(company(answer), map_fact(answer, service), map_fact(answer, region))
    shown = here.hosts if is_own else shown_by(answer, catalog)
    return replace(place, decided=(endpoint.because, *decided), hosts=shown)


def _named_by(match: HostMatch, endpoint: Fact[str], catalog: Catalog) -> Fact[Region] | None:
    """The region that a host names; unknown where the label that would is; ``None`` where it names none."""
    if match.region:
        return region_of(Known(match.provider), Known(match.region), catalog)
    if match.region_hole and isinstance(endpoint, Unknown):
        return endpoint.bare()
    return None


def sent_to(
    given: Found, catalog: Catalog, region: Fact[str] | None = None, default: bool = False
) -> ServicePlace:
    """Whoever answers at an address that data is sent to; in the ``region`` written beside it, where the host names
    none. ``default``: nobody wrote that address, it counts because no other is written."""
    fact = first(
        [noted(given, "resolve.default-address" if default else "resolve.address-here")]
    )
    endpoint = no_evidence("endpoint") if fact is None else fact
    unsaid = no_evidence("region")
    return behind(
        endpoint, nowhere(unsaid), unsaid if region is None else region, False, catalog
    )
