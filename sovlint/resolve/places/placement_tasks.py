"""What is to be placed: a rule of a resource's type, once for each value that the rule goes by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sovlint.catalog.entries import PlacementRule
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Value, is_null
from sovlint.resolve.places.inside_values import as_one, elements
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.references import refers_to
from sovlint.resolve.values import no_evidence
from sovlint.rules.keys import Condition


class PlacementTask(Struct, frozen=True):
    """A resource as its rule looks at it, and the region or address ``given`` that the rule goes by, if by one."""

    resource: Resource
    rule: PlacementRule
    given: Found | None = None


def placement_tasks(
    resource: Resource, rule: PlacementRule, resources: KnownResources
) -> Iterator[PlacementTask]:
    """One for each region or address that a rule goes by; one where it goes by none."""
    path = rule.each_region or rule.each_endpoint
    if _is_silent(resource, rule, resources):
        return
    if rule.host is not None:
        yield PlacementTask(resource, rule, Found(Known(rule.host), resource.where))
        return
    if path is None:
        yield PlacementTask(resource, rule)
        return
    for given in _given(resource, rule, path, resources):
        yield PlacementTask(resource, rule, given)


def _is_silent(resource: Resource, rule: PlacementRule, resources: KnownResources) -> bool:
    """Whether all that data may come from has none to hand on."""
    if rule.handed_on is None:
        return False
    named = [
        _named(resource, rule.handed_on, found, resources)
        for found in resource.attributes.read(rule.handed_on)
    ]
    return bool(named) and all(
        each is not None and _surely_any(each, rule.silent) for each in named
    )


def _surely_any(resource: Resource, conditions: Sequence[Condition]) -> bool:
    """Whether one of several conditions holds for a resource, whatever is written there that isn't known."""

    def read(path: str) -> Iterator[Value]:
        return (found.value for found in resource.attributes.read(path))

    return any(each.surely(read) for each in conditions)


def _named(
    resource: Resource, path: str, found: Found, resources: KnownResources
) -> Resource | None:
    """The one resource of this repository that a value surely names."""
    address = refers_to(found.value)
    if address is not None:
        return resources.declared(resource, address)
    met = [
        each.resource
        for each in resources.names_here.named(resource, path, found.value)
        if each.sure
    ]
    return met[0] if len(met) == 1 else None


def _given(
    resource: Resource, rule: PlacementRule, path: str, resources: KnownResources
) -> Sequence[Found]:
    read = (each for found in resource.attributes.read(path) for each in elements(found))
    written = [found for found in read if not is_null(found.value)]
    if not written and rule.required:
        note = Note("resolve.server-unnamed")
        return [
            Found(no_evidence("server", Step(resource.where, note), note), resource.where)
        ]
    if rule.elsewhere:
        return [found for found in written if not _is_here(resource, path, found, resources)]
    return as_one(written) if rule.required else written


def _is_here(resource: Resource, path: str, found: Found, resources: KnownResources) -> bool:
    """Whether a name is that of a resource of this repository, which has a place itself."""
    address = refers_to(found.value)
    if address is not None and resources.declared(resource, address) is not None:
        return True
    named = resources.names_here.named(resource, path, found.value)
    return any(match.sure for match in named)
