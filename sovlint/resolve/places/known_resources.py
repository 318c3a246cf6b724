"""The resources of a repository by what others call them, and what the catalogue knows of their types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, TypeEntry
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Attributes, Found
from sovlint.model.lookups.names import flat
from sovlint.model.resources.resource import Binding, Resource, elsewhere
from sovlint.model.source import shared_folders
from sovlint.model.value import Known
from sovlint.resolve.conditions import may_hold
from sovlint.resolve.names.here import NamesHere
from sovlint.resolve.places.inside_values import walk
from sovlint.rules.keys import path_parts

# --- Custom resources that stand for a resource of another plug-in: read as if they were that (Crossplane, say).


def stand_in(resource: Resource, catalog: Catalog) -> Resource:
    """What a resource stands for: the other plug-in's type, its arguments, and no cluster; itself where it is its own.

    A kind that leads to no type keeps its own, which the other plug-in doesn't have: its company is known all the same.
    """
    binding = resource.binding
    found = catalog.stands_for(binding.plugin, resource.type) if binding else None
    if found is None or binding is None:
        return resource
    plugin = catalog.plugin(found.plugin)
    regions = dict.fromkeys(plugin.region if plugin else (), found.region)
    return replace(
        resource,
        type=found.type or resource.type,
        binding=Binding(found.plugin, where=binding.where),
        named=None,
        attributes=Arguments(resource.attributes, found.arguments, regions),
    )


class Arguments:
    """The arguments of the other plug-in's type, by their names there (``storage_account_id``), as the custom resource
    spells them (``storageAccountId``) below one of ``below``; blocks stand there as lists or objects.

    ``elsewhere``: arguments (those of the region) that have paths of their own, tried first.
    """

    __slots__ = ("_below", "_elsewhere", "_own")

    def __init__(
        self,
        own: Attributes,
        below: tuple[str, ...],
        elsewhere: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._own = own
        self._below = below
        self._elsewhere = elsewhere

    def read(self, path: str) -> Sequence[Found]:
        """All values at a path of the other plug-in, at the first place for arguments that has any."""
        for own in self._elsewhere.get(path, ()):
            if found := self._own.read(own):
                return found
        parts = path_parts(path)
        for below in self._below:
            if found := [
                each
                for start in self._own.read(below)
                for each in walk(start, parts, _called)
            ]:
                return found
        return ()


def _called(key: str, part: str) -> bool:
    return flat(key) == flat(part)


AddressKey = tuple[str, str, str]
"""Root, variant and address."""

STORAGE_CLASS = "StorageClass"
VOLUME = "PersistentVolume"
CLAIM = "PersistentVolumeClaim"
SNAPSHOT_CLASSES = tuple(
    f"Volume{kind}Class.{group}.storage.k8s.io"
    for kind, group in (("Snapshot", "snapshot"), ("GroupSnapshot", "groupsnapshot"))
)
MADE_BY = {STORAGE_CLASS: "provisioner", **dict.fromkeys(SNAPSHOT_CLASSES, "driver")}
"""Where a class names what makes its volumes or snapshots, by the type of the class."""

NAMES = ("id", "name")
"""Attributes that name a resource whatever its type."""

ANY_RULE = PlacementRule(role=None)
"""By which a resource is placed whose type isn't known."""


class KnownResources:
    """The resources of a repository, and those that it only looks up."""

    def __init__(
        self, resources: Sequence[Resource], looked_up: Sequence[Resource], catalog: Catalog
    ) -> None:
        self._resources = resources
        self._declared = _Addresses(resources)
        self._looked_up = _Addresses(looked_up)
        self._catalog = catalog
        self._standing: dict[str, bool] = {}

    # --- by what others call them

    def declared(self, resource: Resource, address: str) -> Resource | None:
        """The resource at an address, as seen from another one's root and variant; or elsewhere, where it says so."""
        root, variant, _ = resource.identity
        return self._declared.at(root, variant, address)

    def other(self, resource: Resource, address: str) -> Resource | None:
        """The same among what the repository only looks up too, if that isn't the resource itself."""
        root, variant, _ = resource.identity
        found = self.at(root, variant, address)
        return None if found is resource else found

    def at(self, root: str, variant: str, address: str) -> Resource | None:
        """What is declared or looked up at an address, as seen from a root and a variant."""
        return self._declared.at(root, variant, address) or self._looked_up.at(
            root, variant, address
        )

    def is_looked_up(self, resource: Resource) -> bool:
        """Whether the repository only looks something up, and doesn't declare it."""
        return self._looked_up.has(resource)

    def all_declared(self, root: str, variant: str, address: str) -> Sequence[Resource]:
        """All resources at an address: manifests may give several objects of one name."""
        one = self._declared.at(root, variant, address)
        return () if one is None else self._all_declared[one.identity]

    def in_variants(self, root: str, address: str) -> Sequence[Resource]:
        """All resources at an address of a root, one for each variant that it is read with."""
        return self._in_variants.get((root, address), ())

    def nearest_declared(self, resource: Resource, address: str) -> Sequence[Resource]:
        """All resources at an address as seen from another one; of several, the ones nearest by folder: each of a
        ``dev`` and a ``prod`` folder uses its own."""
        root, variant, _ = resource.identity
        found = self.all_declared(root, variant, address)
        return found if len(found) < 2 else _nearest_by_path(resource, found)

    def volumes(self, root: str | None, storage_class: str) -> Sequence[Resource]:
        """The volumes of a storage class declared by hand that aren't reserved for a claim."""
        return self._volumes.get((root, storage_class), ())

    def classes(self, kind: str, name: str) -> Sequence[Resource]:
        """The classes of volumes or snapshots, of a type, with a name; all of them for an empty one."""
        return self._classes.get((kind, name), ())

    @cached_property
    def _all_declared(self) -> Mapping[AddressKey, Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            found[each.identity].append(each)
        return found

    @cached_property
    def _in_variants(self) -> Mapping[tuple[str, str], Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            if each.variant:
                found[each.root or "", each.address].append(each)
        return found

    @cached_property
    def _volumes(self) -> Mapping[tuple[str | None, str], Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            if each.type == VOLUME and not each.attributes.read("spec.claimRef.name"):
                for written in each.attributes.read("spec.storageClassName"):
                    if isinstance(written.value, Known):
                        found[each.root, str(written.value.value)].append(each)
        return found

    @cached_property
    def _classes(self) -> Mapping[tuple[str, str], Sequence[Resource]]:
        found = defaultdict(list)
        for each in self._resources:
            if each.type in MADE_BY:
                for name in ("", each.address.rpartition("/")[2]):
                    found[each.type, name].append(each)
        return found

    @cached_property
    def names_here(self) -> NamesHere:
        """What is declared, by the names, ARNs and paths that others write of it."""
        return NamesHere(self._resources, self._catalog)

    @cached_property
    def all_names(self) -> NamesHere:
        """The same with what the repository only looks up."""
        return NamesHere((*self._resources, *self._looked_up.all), self._catalog)

    # --- what the catalogue knows of their types

    def entry(self, resource: Resource) -> TypeEntry | None:
        """What the catalogue knows of a resource's type, or of that which it stands for."""
        seen = self.seen(resource)
        entry = (
            self._catalog.type_entry(seen.binding.plugin, seen.type) if seen.binding else None
        )
        if entry is None or seen is resource:
            return entry
        # Other custom resources aren't named as the other plug-in's types name their parents.
        rules = tuple(replace(rule, via=()) for rule in entry.rules)
        return replace(entry, role=None, placements=rules)

    def rules(self, resource: Resource) -> Sequence[PlacementRule]:
        """The rules of a resource's type; the one for any type where it isn't known."""
        entry = self.entry(resource)
        return (ANY_RULE,) if entry is None else entry.rules

    def main_rule(self, resource: Resource) -> PlacementRule:
        """The rule of a resource's first placement: of those that depend on a condition, one that isn't excluded."""
        return next(
            (rule for rule in self.rules(resource) if may_hold(resource, rule)), ANY_RULE
        )

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


class _Addresses:
    """Resources by root, variant and address."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._resources = {each.identity: each for each in resources}

    def at(self, root: str, variant: str, address: str) -> Resource | None:
        """The resource at an address as seen from a root and a variant; or elsewhere, where the address says so."""
        found = self._resources.get((root, variant, address))
        return (
            self._elsewhere.get(address)
            if found is None and address.startswith("/")
            else found
        )

    @property
    def all(self) -> Iterable[Resource]:
        """All of them."""
        return self._resources.values()

    def has(self, resource: Resource) -> bool:
        """Whether it is one of them."""
        return self._resources.get(resource.identity) is resource

    @cached_property
    def _elsewhere(self) -> Mapping[str, Resource]:
        """The resources by the addresses that they have in values of other roots."""
        return {
            elsewhere(each.root, each.variant, each.address): each
            for each in self._resources.values()
        }


def _nearest_by_path(resource: Resource, among: Sequence[Resource]) -> Sequence[Resource]:
    """Those ``among`` whose file shares the most folders with that of a resource; the same file is nearest."""
    own = resource.where.span().path
    depths = [shared_folders(own, each.where.span().path) for each in among]
    return [each for each, depth in zip(among, depths, strict=True) if depth == max(depths)]
