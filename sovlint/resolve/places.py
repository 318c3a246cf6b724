"""At which provider, service and region: the endpoint decides, then the provider block, then the plug-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sovlint.catalog.entries import HostMatch, PlacementRule, Plugin, Region, Setting
from sovlint.catalog.load import Catalog
from sovlint.model.resource import Binding, Found, Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, either, map_fact
from sovlint.resolve.endpoints import who_answers
from sovlint.resolve.reading import at, first, noted, refers_to


@dataclass(frozen=True, slots=True)
class Place:
    """Provider id, service id and region; ``decided`` are the steps that show why."""

    provider: Fact[str]
    service: Fact[str]
    region: Fact[Region]
    decided: tuple[Because, ...] = ()


ParentPlace = Callable[[Resource, str], "Place | None"]
"""The place of the resource at an address, as seen from another resource's root; ``None`` where there is none."""


def named_place(named: Named, rule: PlacementRule, catalog: Catalog) -> Place:
    """The place of something whose provider and region somebody names outright."""

    def known_provider(written: str) -> Fact[str]:
        found = catalog.find_provider(written)
        return Known(found.id) if found else Unknown(Reason.NOT_IN_CATALOGUE, written)

    provider = map_fact(cast("Fact[str]", named.provider), known_provider)
    written: Fact[str] = cast("Fact[str]", named.region)
    if isinstance(named.region, Known) and named.region.value is None:
        written = Unknown(Reason.NO_EVIDENCE, "region", named.region.because)
    service: Fact[str] = Known(rule.service) if rule.service else provider
    return Place(provider, service, _region(provider, written, catalog), (provider.because, written.because))


def place(
    resource: Resource, rule: PlacementRule, plugin: Plugin, catalog: Catalog, parent: ParentPlace, given: Found | None
) -> Place:
    """Where one placement of a resource sits. ``given`` is what an ``each_region`` or ``each_endpoint`` rule found."""
    binding = resource.binding
    assert binding is not None
    if rule.each_endpoint and given is not None:
        return _sent_to(given, catalog)
    service: Fact[str] = Known(rule.service) if rule.service else Unknown(Reason.NOT_IN_CATALOGUE, resource.type)
    inherited = _inherited(resource, rule, parent) if given is None else None
    if isinstance(inherited, Place):
        above = inherited.region
        region = _pair(inherited.provider, above, catalog) if rule.paired else above
        return Place(inherited.provider, service, region, inherited.decided)
    written = inherited if inherited is not None else _written(resource, rule, plugin, binding, given)
    answers = _answers(plugin, binding, catalog)
    written = _region_of_host(answers, written)
    provider = _provider(plugin, binding, written, catalog) if answers is None else _company(answers)
    written = _agreed(written, resource, rule, plugin, provider, catalog)
    endpoint = _endpoint(rule, plugin, binding)
    if endpoint is not None:
        answer = who_answers(endpoint, catalog)
        if not _same_company(answer, provider):
            return _moved(answer, endpoint, written, catalog)
    decided = (Step(binding.where, Note("resolve.provider-block")) if binding.where else None, written.because)
    region = _region(provider, written, catalog)
    region = _pair(provider, region, catalog) if rule.paired else region
    return Place(provider, service, region, (provider.because, *decided))


# --- region


def _written(
    resource: Resource, rule: PlacementRule, plugin: Plugin, binding: Binding, given: Found | None
) -> Fact[str]:
    """The region as written: on the resource, else its zone, else the provider block's."""
    if rule.fixed:
        note = Note("resolve.region-fixed", {"type": resource.type, "region": rule.fixed})
        return Known(rule.fixed, Step(resource.where, note))
    if given is not None:
        found = first([lambda: noted(given, "resolve.region-here", name="region")])
        if found is not None:
            return found
    own = plugin.region if rule.region is None else rule.region
    zones = plugin.zone if rule.zone is None else rule.zone
    settings = at(binding.settings, (*plugin.settings_region, *plugin.settings_zone), "resolve.region-of-provider")
    here = at(resource.attributes, own, "resolve.region-here")
    zone = first(at(resource.attributes, zones, "resolve.zone-here"))
    if isinstance(zone, Unknown) and plugin.zone_in_region:
        zone = None  # whatever the zone, it lies in the region of the provider block
    found = first([*here, lambda: cast("Fact[str | None] | None", zone), *settings])
    return _nowhere(resource, plugin, binding) if found is None else found


def _agreed(
    written: Fact[str], resource: Resource, rule: PlacementRule, plugin: Plugin, provider: Fact[str], catalog: Catalog
) -> Fact[str]:
    """The region as written, unless a zone that must lie in it lies in another: then it may be either."""
    binding = resource.binding
    if not plugin.zone_in_region or binding is None or not isinstance(provider, Known):
        return written
    zones = plugin.zone if rule.zone is None else rule.zone
    own = plugin.region if rule.region is None else rule.region
    zone = first(at(resource.attributes, zones, "resolve.zone-here"))
    region = first(
        [
            *at(resource.attributes, own, "resolve.region-here"),
            *at(binding.settings, plugin.settings_region, "resolve.region-of-provider"),
        ]
    )
    if not (isinstance(zone, Known) and isinstance(region, Known)):
        return written
    one, other = (catalog.find_region(provider.value, each.value) for each in (zone, region))
    if one is None or other is None or one.code == other.code:
        return written
    both = (Known(cast(object, one.code), zone.because), Known(cast(object, other.code), region.because))
    because = Step(None, Note("resolve.contradiction"), tuple(c for c in (zone.because, region.because) if c))
    return Unknown(Reason.MULTI_VALUED, f"{one.code} and {other.code} contradict each other", because, among=both)


def _nowhere(resource: Resource, plugin: Plugin, binding: Binding) -> Unknown:
    """A region that nobody writes: it comes from the environment, or from a caller that isn't here.

    Where no setting of the plug-in could name one, nothing says where it sits.
    """
    if not (plugin.settings_region or plugin.settings_zone):
        return Unknown(Reason.NO_EVIDENCE, "region")
    if resource.library:
        return Unknown(Reason.CALLER_NOT_IN_REPO, "region")
    because = Step(binding.where, Note("resolve.no-region-here")) if binding.where else None
    return Unknown(Reason.FROM_ENVIRONMENT, "region", because)


def _inherited(resource: Resource, rule: PlacementRule, parent: ParentPlace) -> Place | Unknown | None:
    """The place of the parent that an attribute refers to; unknown where it refers to something that isn't here."""
    unknown: Unknown | None = None
    for path in rule.via:
        for found in resource.attributes.read(path):
            if isinstance(found.value, Known) and found.value.value is None:
                continue
            for address in refers_to(found.value):
                above = parent(resource, address)
                if above is not None:
                    step = Step(
                        found.where, Note("resolve.place-of-parent", {"address": address}), _chains(above.decided)
                    )
                    return Place(above.provider, above.service, above.region, (step,))
            unknown = _orphan(found, path)
    return unknown


def _orphan(found: Found, path: str) -> Unknown:
    if isinstance(found.value, Unknown):
        return Unknown(found.value.reason, found.value.detail, found.value.because)
    return Unknown(
        Reason.NO_EVIDENCE,
        f"{path} names something that isn't in this repository",
        Step(found.where, Note("resolve.parent-here")),
    )


def _chains(decided: tuple[Because, ...]) -> tuple[Step, ...]:
    return tuple(step for step in decided if step is not None)


def _region(provider: Fact[str], written: Fact[str], catalog: Catalog) -> Fact[Region]:
    """The catalogue's region for what is written; a code that the provider doesn't have is never a guess."""

    def of(code: str) -> Fact[Region]:
        def at_provider(holder: str) -> Fact[Region]:
            found = catalog.find_region(holder, code)
            return Known(found) if found else Unknown(Reason.NOT_IN_CATALOGUE, _shown(written, code))

        return map_fact(provider, at_provider)

    return map_fact(written, of)


def _shown(written: Fact[str], code: str) -> str:
    return "a sensitive value" if written.sensitive else code


def _pair(provider: Fact[str], region: Fact[Region], catalog: Catalog) -> Fact[Region]:
    """The region that geo-redundant storage in ``region`` copies to."""

    def pair(region: Region) -> Fact[Region]:
        if region.pair is None:
            return Unknown(Reason.NOT_IN_CATALOGUE, f"the pair of {region.code}")
        return _region(provider, Known(region.pair), catalog)

    return map_fact(region, pair)


# --- provider


def _endpoint(rule: PlacementRule, plugin: Plugin, binding: Binding) -> Fact[str] | None:
    """The endpoint that the provider block sets for this service; for an unlisted type, any endpoint casts doubt."""
    if not plugin.endpoints:
        return None
    if rule.service is None:
        paths = [template.format(key="*") for template in plugin.endpoints if template.endswith(".{key}")]
        found = first(at(binding.settings, paths, "resolve.endpoint-here"))
        return None if found is None else Unknown(Reason.NOT_IN_CATALOGUE, "the service of this type", found.because)
    keys = plugin.service_keys.get(rule.service, (rule.service,))
    paths = [template.format(key=key) for template in plugin.endpoints for key in keys]
    return first(at(binding.settings, paths, "resolve.endpoint-here"))


def _same_company(answer: Fact[HostMatch], provider: Fact[str]) -> bool:
    """Whether a host is the provider's own (a private endpoint, say): then it changes nothing."""
    return isinstance(answer, Known) and isinstance(provider, Known) and answer.value.provider == provider.value


def _moved(answer: Fact[HostMatch], endpoint: Fact[str], written: Fact[str], catalog: Catalog) -> Place:
    """Behind an endpoint elsewhere: that company, and the region that the host names, else the one written."""
    provider: Fact[str] = map_fact(answer, lambda match: Known(match.provider))
    service: Fact[str] = map_fact(
        answer,
        lambda match: Known(match.service) if match.service else Unknown(Reason.NOT_IN_CATALOGUE, "the host's service"),
    )

    def region(match: HostMatch) -> Fact[Region]:
        if match.region:
            return _region(Known(match.provider), Known(match.region), catalog)
        if match.region_hole and isinstance(endpoint, Unknown):
            return Unknown(endpoint.reason, endpoint.detail, endpoint.because)
        return _region(Known(match.provider), written, catalog)

    return Place(provider, service, map_fact(answer, region), (endpoint.because, written.because))


def _sent_to(given: Found, catalog: Catalog) -> Place:
    """Whoever answers at an address that data is sent to."""
    fact = first([lambda: noted(given, "resolve.endpoint-here", name="endpoint")])
    endpoint: Fact[str] = Unknown(Reason.NO_EVIDENCE, "endpoint") if fact is None else fact
    return _moved(who_answers(endpoint, catalog), endpoint, Unknown(Reason.NO_EVIDENCE, "region"), catalog)


def _answers(plugin: Plugin, binding: Binding, catalog: Catalog) -> Fact[HostMatch] | None:
    """Who answers at the host that a setting of the provider block names; ``None`` where none does."""
    paths = [setting.path for setting in plugin.settings if setting.host]
    fact = first(at(binding.settings, paths, "resolve.provider-setting"))
    return None if fact is None else who_answers(fact, catalog)


def _company(answers: Fact[HostMatch]) -> Fact[str]:
    return map_fact(answers, lambda match: Known(match.provider))


def _region_of_host(answers: Fact[HostMatch] | None, written: Fact[str]) -> Fact[str]:
    """The region that such a host names, where nobody writes another."""
    unwritten = isinstance(written, Unknown) and written.reason in (Reason.FROM_ENVIRONMENT, Reason.NO_EVIDENCE)
    if unwritten and isinstance(answers, Known) and answers.value.region:
        return Known(answers.value.region, answers.because)
    return written


def _provider(plugin: Plugin, binding: Binding, written: Fact[str], catalog: Catalog) -> Fact[str]:
    for setting in plugin.settings:
        fact = None if setting.host else first(at(binding.settings, [setting.path], "resolve.provider-setting"))
        if fact is not None:
            return _by_setting(setting, fact)
    by_region = map_fact(written, lambda code: _by_region(plugin, code, catalog))
    if isinstance(by_region, Known) or by_region.among:
        return by_region
    if plugin.default:
        return Known(plugin.default)
    among = tuple(Known(cast(object, candidate)) for candidate in plugin.candidates)
    return Unknown(by_region.reason, by_region.detail, by_region.because, among=among or None)


def _by_setting(setting: Setting, fact: Fact[str]) -> Fact[str]:
    def of(value: str) -> Fact[str]:
        provider = setting.values.get(value) or setting.values.get(value.lower())
        return (
            Known(provider) if provider else Unknown(Reason.NOT_IN_CATALOGUE, f"{setting.path} = {_shown(fact, value)}")
        )

    return map_fact(fact, of)


def _by_region(plugin: Plugin, code: str, catalog: Catalog) -> Fact[str]:
    """The candidate that has this region; where several have it, or none, the default."""
    holders = [candidate for candidate in plugin.candidates if catalog.find_region(candidate, code)]
    if len(holders) == 1:
        return Known(holders[0])
    if plugin.default:
        return Known(plugin.default)
    possible = holders or list(plugin.candidates)
    unknown = Unknown(Reason.NO_EVIDENCE, "provider")
    return either([Known(holder) for holder in possible], unknown) if possible else unknown
