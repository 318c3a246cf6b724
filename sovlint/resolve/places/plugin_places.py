"""Places of what a plug-in makes: the endpoint decides, then the provider block, then the region, then the plug-in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch, PlacementRule, Plugin, ProviderSetting
from sovlint.catalog.load import Catalog
from sovlint.model.resources.resource import Binding, Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, either, map_fact
from sovlint.resolve.attribute_texts import first, first_text, noted, texts_at
from sovlint.resolve.facts.endpoints import company, shown_by, who_answers
from sovlint.resolve.facts.service_place import (
    ServicePlace,
    contradictory,
    nowhere,
    pair_of,
    region_of,
    shown_code,
)
from sovlint.resolve.places.moved_by_endpoints import behind, endpoint_of
from sovlint.resolve.places.named_places import service_of
from sovlint.resolve.places.placement_tasks import PlacementTask
from sovlint.resolve.values import no_evidence


def plugin_place(
    task: PlacementTask,
    plugin: Plugin,
    binding: Binding,
    parent: Unknown | None,
    catalog: Catalog,
) -> ServicePlace:
    """Where a plug-in puts something that has no other's place. ``parent``: why that of its parent isn't known, where
    it has one."""
    resource, rule = task.resource, task.rule
    # Read: who answers at the host that the provider block names, and the region that is written.
    host = _host_of_block(plugin, binding, catalog)
    written = (
        _region_of_host(host, _written(task, plugin, binding)) if parent is None else parent
    )
    # Candidates: the company at that host, the one that a setting names, those that have the region, or the default.
    provider = _provider(plugin, binding, written, catalog) if host is None else company(host)
    # Region: what is written, as the catalogue knows it of that provider.
    written = _agreed(task, written, plugin, provider, catalog)
    block = Step(binding.where, Note("resolve.provider-block")) if binding.where else None
    decided = (provider.because, block, written.because)
    place = ServicePlace(
        provider,
        typed_service(resource, rule),
        region_of(provider, written, catalog),
        decided,
        () if host is None else shown_by(host, catalog),
    )
    # Place: an endpoint that is set for the service moves it, whatever all that says.
    endpoint = endpoint_of(task, plugin, binding, place, catalog)
    if endpoint is not None:
        has_own_region = (
            task.given is not None or parent is not None or rule.fixed is not None
        )
        place = behind(endpoint, place, written, has_own_region, catalog)
    return paired(place, rule, catalog)


def through_place(task: PlacementTask, catalog: Catalog) -> ServicePlace:
    """The place of what a resource keeps elsewhere than where it is itself: at a provider that its rule names.

    The region is the one ``given``, or written at the rule's own paths; no provider block has any.
    """
    rule = task.rule
    written = _stated_region(task)
    plugin = catalog.plugin(rule.through) if rule.through else None
    if plugin is None:
        return nowhere(no_evidence("provider", written.because), service_of(rule))
    provider = _provider(plugin, Binding(plugin.id), written, catalog)
    decided = (provider.because, written.because)
    place = ServicePlace(
        provider, service_of(rule), region_of(provider, written, catalog), decided
    )
    return paired(place, rule, catalog)


def typed_service(resource: Resource, rule: PlacementRule) -> Fact[str]:
    """The service that a resource's type is of; none that is known where the catalogue doesn't have the type."""
    return (
        Known(rule.service)
        if rule.service
        else Unknown(Reason.NOT_IN_CATALOGUE, resource.type)
    )


def paired(place: ServicePlace, rule: PlacementRule, catalog: Catalog) -> ServicePlace:
    """A place, or where geo-redundant storage copies to from there, if that is what the rule is about."""
    return (
        replace(place, region=pair_of(place.provider, place.region, catalog))
        if rule.paired
        else place
    )


# --- region


def _stated_region(task: PlacementTask) -> Fact[str]:
    """The region that the rule fixes, else the one given, or written at the rule's own paths."""
    rule, attributes = task.rule, task.resource.attributes
    here = texts_at(attributes, rule.region or (), "resolve.region-here")
    zones = texts_at(attributes, rule.zone or (), "resolve.zone-here")
    found = _fixed(task) or first(chain(_given(task), here, zones))
    return no_evidence("region") if found is None else found


def _fixed(task: PlacementTask) -> Known[str] | None:
    region, resource = task.rule.fixed, task.resource
    if not region:
        return None
    note = Note("resolve.region-fixed", {"type": resource.type, "region": region})
    return Known(region, Step(resource.where, note))


def _given(task: PlacementTask) -> Iterator[Fact[str | None]]:
    if task.given is not None:
        yield noted(task.given, "resolve.region-here", name="region")


def _written(task: PlacementTask, plugin: Plugin, binding: Binding) -> Fact[str]:
    """The region as written: on the resource, else its zone, else the provider block's."""
    resource, rule = task.resource, task.rule
    found = _fixed(task) or first(_given(task))
    if found is not None:
        return found
    paths = (
        plugin.settings_zone
        if resource.type in plugin.zonal
        else (*plugin.settings_region, *plugin.settings_zone)
    )
    zone = _zone(resource, rule, plugin)
    if isinstance(zone, Unknown) and plugin.zone_in_region:
        zone = None  # whatever the zone, it lies in the region of the provider block
    here = _regions_here(resource, rule, plugin)
    settings = texts_at(binding.settings, paths, "resolve.region-of-provider")
    found = first(chain(here, (cast("Fact[str | None] | None", zone),), settings))
    return _unwritten(resource, plugin, binding) if found is None else found


def _regions_here(
    resource: Resource, rule: PlacementRule, plugin: Plugin
) -> Iterator[Fact[str | None]]:
    paths = plugin.region if rule.region is None else rule.region
    return texts_at(resource.attributes, paths, "resolve.region-here")


def _zone(resource: Resource, rule: PlacementRule, plugin: Plugin) -> Fact[str] | None:
    paths = plugin.zone if rule.zone is None else rule.zone
    return first_text(resource.attributes, paths, "resolve.zone-here")


def _agreed(
    task: PlacementTask,
    written: Fact[str],
    plugin: Plugin,
    provider: Fact[str],
    catalog: Catalog,
) -> Fact[str]:
    """The region as written, unless a zone that must lie in it lies in another: then it may be either."""
    resource, rule, binding = task.resource, task.rule, task.resource.binding
    if not plugin.zone_in_region or binding is None or not isinstance(provider, Known):
        return written
    zone = _zone(resource, rule, plugin)
    settings = texts_at(
        binding.settings, plugin.settings_region, "resolve.region-of-provider"
    )
    region = first(chain(_regions_here(resource, rule, plugin), settings))
    if not (isinstance(zone, Known) and isinstance(region, Known)):
        return written
    one, other = (catalog.find_region(provider.value, each.value) for each in (zone, region))
    if one is None or other is None or one.code == other.code:
        return written
    both = Known(one.code, zone.because), Known(other.code, region.because)
    return contradictory(one, other, both, "resolve.contradiction")


def _unwritten(resource: Resource, plugin: Plugin, binding: Binding) -> Unknown:
    """A region that nobody writes: it comes from the environment, or from a caller that isn't here.

    Where no setting of the plug-in could name one, nothing says where it sits.
    """
    if not (plugin.settings_region or plugin.settings_zone):
        return no_evidence("region")
    if resource.library:
        return Unknown(Reason.CALLER_NOT_IN_REPO, "region")
    because = Step(binding.where, Note("resolve.no-region-here")) if binding.where else None
    return Unknown(Reason.FROM_ENVIRONMENT, "region", because)


# --- provider


def _host_of_block(
    plugin: Plugin, binding: Binding, catalog: Catalog
) -> Fact[HostMatch] | None:
    """Who answers at the host that a setting of the provider block names; ``None`` where none does."""
    paths = [setting.path for setting in plugin.settings if setting.host]
    fact = first_text(binding.settings, paths, "resolve.provider-setting")
    return None if fact is None else who_answers(fact, catalog)


def _region_of_host(host: Fact[HostMatch] | None, written: Fact[str]) -> Fact[str]:
    """The region that such a host names, where nobody writes another."""
    unwritten = isinstance(written, Unknown) and written.reason in (
        Reason.FROM_ENVIRONMENT,
        Reason.NO_EVIDENCE,
    )
    if unwritten and isinstance(host, Known) and host.value.region:
        return Known(host.value.region, host.because)
    return written


def _provider(
    plugin: Plugin, binding: Binding, written: Fact[str], catalog: Catalog
) -> Fact[str]:
    """The company that a setting names, else a candidate that has the region, else the default."""
    for setting in plugin.settings:
        fact = (
            None
            if setting.host
            else first_text(binding.settings, [setting.path], "resolve.provider-setting")
        )
        if fact is not None:
            return _by_setting(setting, fact)
    by_region = map_fact(written, lambda code: _by_region(plugin, code, catalog))
    if isinstance(by_region, Known) or by_region.among:
        return by_region
    if plugin.default:
        return Known(plugin.default)
    return by_region.but(among=tuple(map(Known, plugin.candidates)) or None)


def _by_setting(setting: ProviderSetting, fact: Fact[str]) -> Fact[str]:
    def of(value: str) -> Fact[str]:
        provider = setting.values.get(value) or setting.values.get(value.lower())
        if provider:
            return Known(provider)
        return Unknown(Reason.NOT_IN_CATALOGUE, f"{setting.path} = {shown_code(fact, value)}")

    return map_fact(fact, of)


def _by_region(plugin: Plugin, code: str, catalog: Catalog) -> Fact[str]:
    """The candidate that has this region; where several have it, or none, the default."""
    holders = [
        candidate for candidate in plugin.candidates if catalog.find_region(candidate, code)
    ]
    if len(holders) != 1 and plugin.default:
        return Known(plugin.default)
    possible = holders or plugin.candidates
    unknown = no_evidence("provider")
    return either(map(Known, possible), unknown) if possible else unknown
