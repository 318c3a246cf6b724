"""What isn't of this repository and data is sent to by its name: what that name says of its place."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Reason, Unknown, Value, either
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.parents import PlaceOwner
from sovlint.resolve.places.placement_tasks import PlacementTask
from sovlint.resolve.references import refers_to

_FILLED = "0"
"""What stands for a part of a name that isn't known, where its form is looked at."""


def looked_up(
    resource: Resource, given: Found, resources: KnownResources
) -> PlaceOwner | None:
    """What the repository only looks up, where a value is an attribute of that as it stands."""
    address = refers_to(given.value)
    owner = resources.other(resource, address) if address else None
    if address is None or owner is None:
        return None
    return PlaceOwner(owner, given, address, "", "resolve.place-of-parent")


def as_told(
    task: PlacementTask, resources: KnownResources, catalog: Catalog
) -> PlacementTask:
    """What is to be placed, with the region that the name says: where it has holes, by its form; a bare name of what
    always lies in the region of whatever names it, has none to say."""
    given, path = task.given, task.rule.each_region
    if given is None or path is None:
        return task
    if resources.names_here.is_local(task.resource, path, given.value):
        return replace(task, given=None)
    spanned = _spanned(task.resource, given.value, catalog)
    if spanned is not None:
        return replace(task, given=replace(given, value=spanned))
    if isinstance(given.value, Known) or given.value.among:
        return task
    told = _region_in(task.resource, given.value, resources, catalog)
    if told is None:
        return task
    value = Known(told, given.value.because, given.value.sensitive)
    return replace(task, given=replace(given, value=value))


def _spanned(resource: Resource, value: Value, catalog: Catalog) -> Value | None:
    """The regions of which what is named so runs in any."""
    text = as_text(value)
    plugin = catalog.plugin(resource.binding.plugin) if resource.binding and text else None
    for each in plugin.candidates if plugin else ():
        codes = catalog.regions_spanned(each, text.replace(HOLE, _FILLED))
        if codes:
            several = Unknown(
                Reason.MULTI_VALUED, "region", value.because, sensitive=value.sensitive
            )
            return either([Known(code, None, value.sensitive) for code in codes], several)
    return None


def _region_in(
    resource: Resource, value: Unknown, resources: KnownResources, catalog: Catalog
) -> str | None:
    """The region in a name of which not all is known; ``None`` where its part is one of those, or it says none."""
    text = as_text(value)
    plugin = catalog.plugin(resource.binding.plugin) if resource.binding else None
    if not text or plugin is None:
        return None
    said = resources.names_here.place_in(text)
    if said and HOLE not in said:
        return said
    filled = text.replace(HOLE, _FILLED)
    regions = (catalog.find_region(each, filled) for each in plugin.candidates)
    return next((region.code for region in regions if region is not None), None)


def with_service(
    place: ServicePlace, value: Value, resources: KnownResources, catalog: Catalog
) -> ServicePlace:
    """The same, as the service that the name is one of, where its form tells."""
    named = resources.names_here.kind(value)
    entry = catalog.type_entry(*named) if named else None
    service = entry.rules[0].service if entry is not None and entry.rules else None
    return replace(place, service=Known(service)) if service else place
