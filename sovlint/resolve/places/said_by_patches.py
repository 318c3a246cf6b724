"""What patches alone say of an object that isn't here: of its placements, those of which they say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.catalog.entries import PlacementRule, TypeEntry
from sovlint.catalog.load import Catalog
from sovlint.model.decoding import Texts
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import Resource
from sovlint.resolve.places.known_resources import ANY_RULE

_NONE: Final = (PlacementRule(role=CONFIG_ROLE),)


def rules_of(
    resource: Resource, entry: TypeEntry | None, catalog: Catalog
) -> Sequence[PlacementRule]:
    """The rules by which a resource is placed. Where the rest of an object sits isn't for its patches to say."""
    rules = entry.rules if entry else (ANY_RULE,)
    if not resource.patch:
        return rules
    regions = _regions(resource, catalog)
    said = tuple(each for each in rules if _says_something(resource, each, regions))
    return said or _NONE


def _regions(resource: Resource, catalog: Catalog) -> Texts:
    """The paths of the region of any resource of its plug-in."""
    plugin = None if resource.binding is None else catalog.plugin(resource.binding.plugin)
    return () if plugin is None else plugin.region


def _says_something(resource: Resource, rule: PlacementRule, regions: Texts) -> bool:
    return any(any(resource.attributes.read(path)) for path in _paths(rule, regions))


def _paths(rule: PlacementRule, regions: Texts) -> Iterator[str]:
    """All that a rule goes by."""
    written = (rule.each_region, rule.each_endpoint, rule.driver, *rule.via)
    placed = regions if rule.region is None else rule.region
    listed = (*placed, *(rule.zone or ()), *(rule.storage or ()))
    conditions = (path for each in rule.when for path in each.paths)
    for path in (*written, *listed, *conditions):
        if path is not None:
            yield f"{rule.each}{path}" if path.startswith(".") else path
