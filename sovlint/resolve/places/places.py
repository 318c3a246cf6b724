"""At which provider, service and region: the endpoint decides, then the provider block, then the plug-in."""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import HostMatch, PlacementRule, Plugin, ProviderSetting
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resource import Binding, Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, either, map_fact
from sovlint.resolve.facts.endpoints import company, who_answers
from sovlint.resolve.facts.regions import Place, pair_of, region_of, shown_code
from sovlint.resolve.places.moved_by_endpoints import behind, endpoint_of
from sovlint.resolve.places.parents import FindParent, inherited, own_place
from sovlint.resolve.reading import at, first, noted


def named_place(named: Named, rule: PlacementRule, catalog: Catalog, unlisted: str | None = None) -> Place:
    """The place of something whose provider and region somebody names outright.

    Which service it is, only the rule of its type says; a vendor may have many. ``unlisted`` is a type that the
    catalogue doesn't have: whatever acts on it may keep its data anywhere, so that where it is declared says nothing.
    """
    if unlisted is not None:
        nowhere = Unknown(Reason.NOT_IN_CATALOGUE, unlisted)
        return Place(nowhere, nowhere, nowhere)

    def known_provider(written: str) -> Fact[str]:
        found = catalog.find_provider(written)
        return Known(found.id) if found else Unknown(Reason.NOT_IN_CATALOGUE, written)

    provider = map_fact(cast("Fact[str]", named.provider), known_provider)
    written: Fact[str] = cast("Fact[str]", named.region)
    if isinstance(named.region, Known) and named.region.value is None:
        written = Unknown(Reason.NO_EVIDENCE, "region", named.region.because)
    service: Fact[str] = Known(rule.service) if rule.service else Unknown(Reason.NO_EVIDENCE, "service")
    return Place(provider, service, region_of(provider, written, catalog), (provider.because, written.because))


def name_of(named: Named, provider: Fact[str]) -> str:
    """What somebody names a company that the catalogue doesn't have; empty where it has it, or the name isn't known."""
    unlisted = isinstance(provider, Unknown) and provider.reason is Reason.NOT_IN_CATALOGUE
    written = named.provider
    return str(written.value) if unlisted and isinstance(written, Known) and not written.sensitive else ""


def through_place(resource: Resource, rule: PlacementRule, catalog: Catalog, given: Found | None) -> Place:
    """The place of what a resource keeps elsewhere than where it is itself: at a provider that its rule names.

    The region is the one ``given``, or written at the rule's own paths; no provider block has any.
    """
    service: Fact[str] = Known(rule.service) if rule.service else Unknown(Reason.NO_EVIDENCE, "service")
    written = _stated_region(resource, rule, given)
    plugin = catalog.plugin(rule.through) if rule.through else None
    if plugin is None:
        nobody = Unknown(Reason.NO_EVIDENCE, "provider", written.because)
        return Place(nobody, service, nobody, (written.because,))
    provider = _provider(plugin, Binding(plugin.id), written, catalog)
    region = region_of(provider, written, catalog)
    if rule.paired:
        region = pair_of(provider, region, catalog)
    return Place(provider, service, region, (provider.because, written.because))


def _stated_region(resource: Resource, rule: PlacementRule, given: Found | None) -> Fact[str]:
    if rule.fixed:
        note = Note("resolve.region-fixed", {"type": resource.type, "region": rule.fixed})
        return Known(rule.fixed, Step(resource.where, note))
    here = at(resource.attributes, rule.region or (), "resolve.region-here")
    zones = at(resource.attributes, rule.zone or (), "resolve.zone-here")
    own = () if given is None else (lambda: noted(given, "resolve.region-here", name="region"),)
    found = first([*own, *here, *zones])
    return Unknown(Reason.NO_EVIDENCE, "region") if found is None else found


def place(
    resource: Resource, rule: PlacementRule, plugin: Plugin, catalog: Catalog, parent: FindParent, given: Found | None
) -> Place:
    """Where one placement of a resource sits. ``given`` is what an ``each_region`` rule found."""
    binding = resource.binding
    assert binding is not None
    service: Fact[str] = Known(rule.service) if rule.service else Unknown(Reason.NOT_IN_CATALOGUE, resource.type)
    above = inherited(resource, rule, parent) if given is None else None
    if isinstance(above, Place):
        region = pair_of(above.provider, above.region, catalog) if rule.paired else above.region
        return Place(above.provider, service, region, above.decided)
    hosted = _hosted(resource, plugin, binding, parent) if above is None and not rule.fixed and given is None else None
    if hosted is not None:
        return replace(hosted, service=service)
    answers = _answers(plugin, binding, catalog)
    here_written = _written(resource, rule, plugin, binding, given)
    written = _region_of_host(answers, here_written) if above is None else above
    provider = _provider(plugin, binding, written, catalog) if answers is None else company(answers)
    written = _agreed(written, resource, rule, plugin, provider, catalog)
    block = Step(binding.where, Note("resolve.provider-block")) if binding.where else None
    here = Place(
        provider, service, region_of(provider, written, catalog), (provider.because, block, written.because)
    )  # fmt: skip
    endpoint = endpoint_of(resource, rule, plugin, binding, here, catalog)
    if endpoint is not None:
        own_region = given is not None or above is not None or rule.fixed is not None
        here = behind(endpoint, here, written, own_region, catalog)
    if not rule.paired:
        return here
    return replace(here, region=pair_of(here.provider, here.region, catalog))


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
    paths = plugin.settings_zone if resource.type in plugin.zonal else (*plugin.settings_region, *plugin.settings_zone)
    settings = at(binding.settings, paths, "resolve.region-of-provider")
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
    codes = f"{one.code}, {other.code}"
    note = Note("resolve.contradictory", {"one": one.code, "other": other.code})
    return Unknown(Reason.MULTI_VALUED, codes, because, among=both, note=note)


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


# --- provider


def _hosted(resource: Resource, plugin: Plugin, binding: Binding, parent: FindParent) -> Place | None:
    """The place of the resource of this repository that answers at the host that the provider block names."""
    for setting in plugin.settings:
        found = binding.settings.read(setting.path) if setting.host else ()
        if found:
            return own_place(resource, found[0], parent) if len(found) == 1 else None
    return None


def _answers(plugin: Plugin, binding: Binding, catalog: Catalog) -> Fact[HostMatch] | None:
    """Who answers at the host that a setting of the provider block names; ``None`` where none does."""
    paths = [setting.path for setting in plugin.settings if setting.host]
    fact = first(at(binding.settings, paths, "resolve.provider-setting"))
    return None if fact is None else who_answers(fact, catalog)


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
    return by_region.but(among=among or None)


def _by_setting(setting: ProviderSetting, fact: Fact[str]) -> Fact[str]:
    def of(value: str) -> Fact[str]:
        provider = setting.values.get(value) or setting.values.get(value.lower())
        if provider:
            return Known(provider)
        return Unknown(Reason.NOT_IN_CATALOGUE, f"{setting.path} = {shown_code(fact, value)}")

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
