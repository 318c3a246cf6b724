"""What the catalogue knows of resources' types: the entry, the rules that place, the attributes that name."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, TypeEntry
from sovlint.catalog.load import Catalog
from sovlint.model.resource import Resource
from sovlint.model.value import Unknown
from sovlint.resolve.places.stand_ins import stand_in
from sovlint.resolve.reading import holds

NAMES = ("id", "name")
"""Attributes that name a resource whatever its type."""

ANY_RULE = PlacementRule(role=None)
"""By which a resource is placed whose type isn't known."""


class Entries:
    """The entries of resources; a custom resource has that of what it stands for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._standing: dict[str, bool] = {}

    def entry(self, resource: Resource) -> TypeEntry | None:
        """What the catalogue knows of a resource's type, or of that which it stands for."""
        seen = self.seen(resource)
        entry = self._catalog.type_entry(seen.binding.plugin, seen.type) if seen.binding else None
        if entry is None or seen is resource:
            return entry
        # Other custom resources aren't named as the other plug-in's types name their parents.
        rules = tuple(replace(rule, via=()) for rule in entry.rules)
        return replace(entry, role=None, placements=rules)

    def seen(self, resource: Resource) -> Resource:
        """A resource as that which it stands for, itself in most cases."""
        plugin = resource.binding.plugin if resource.binding else ""
        if plugin not in self._standing:
            self._standing[plugin] = bool(plugin) and self._catalog.has_stand_ins(plugin)
        return stand_in(resource, self._catalog) if self._standing[plugin] else resource

    def names(self, resource: Resource) -> tuple[str, ...]:
        """Paths of the attributes by which others name a resource."""
        entry = self.entry(resource)
        plugin = self._catalog.plugin(resource.binding.plugin) if resource.binding else None
        return (*(entry.names if entry else ()), *(plugin.names if plugin else ()), *NAMES)

    def main_rule(self, resource: Resource) -> PlacementRule:
        """The rule of a resource's first placement: of those that depend on a condition, one that isn't excluded."""
        entry = self.entry(resource)
        for rule in entry.rules if entry else ():
            sure = holds(resource, rule.when, rule.unless)
            if isinstance(sure, Unknown) or sure.value:
                return rule
        return ANY_RULE
