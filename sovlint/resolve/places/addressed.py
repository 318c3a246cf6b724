"""Resources by what others call them: the address, and for volumes the storage class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from sovlint.model.resource import Resource, elsewhere
from sovlint.model.source import shared_folders
from sovlint.model.value import Known
from sovlint.resolve.places.storage import MADE_BY, VOLUME

AddressKey = tuple[str, str, str]
"""Root, variant and address."""


class Addressed:
    """The resources of a repository, and those that it only looks up."""

    def __init__(self, resources: Sequence[Resource], looked_up: Sequence[Resource]) -> None:
        self._resources = resources
        self._declared: Mapping[AddressKey, Resource] = {each.identity: each for each in resources}
        self._looked_up: Mapping[AddressKey, Resource] = {each.identity: each for each in looked_up}

    def declared(self, root: str, variant: str, address: str) -> Resource | None:
        """The resource at an address as seen from a root and a variant; or elsewhere, where the address says so."""
        found = self._declared.get((root, variant, address))
        return self._declared_elsewhere.get(address) if found is None and address.startswith("/") else found

    def at(self, root: str, variant: str, address: str) -> Resource | None:
        """The same, or else what the repository only looks up at that address."""
        declared = self.declared(root, variant, address)
        if declared is not None:
            return declared
        found = self._looked_up.get((root, variant, address))
        return self._looked_up_elsewhere.get(address) if found is None and address.startswith("/") else found

    def all_declared(self, root: str, variant: str, address: str) -> Sequence[Resource]:
        """All resources at an address: manifests may give several objects of one name."""
        one = self.declared(root, variant, address)
        return () if one is None else self._all_declared[one.identity]

    def volumes(self, root: str | None, storage_class: str) -> Sequence[Resource]:
        """The volumes of a storage class declared by hand that aren't reserved for a claim."""
        return self._volumes.get((root, storage_class), ())

    def classes(self, kind: str, name: str) -> Sequence[Resource]:
        """The classes of volumes or snapshots, of a type, with a name; all of them for an empty one."""
        return self._classes.get((kind, name), ())

    @cached_property
    def _declared_elsewhere(self) -> Mapping[str, Resource]:
        return _from_elsewhere(self._declared)

    @cached_property
    def _looked_up_elsewhere(self) -> Mapping[str, Resource]:
        return _from_elsewhere(self._looked_up)

    @cached_property
    def _all_declared(self) -> Mapping[AddressKey, Sequence[Resource]]:
        found: dict[AddressKey, list[Resource]] = {}
        for each in self._resources:
            found.setdefault(each.identity, []).append(each)
        return found

    @cached_property
    def _volumes(self) -> Mapping[tuple[str | None, str], Sequence[Resource]]:
        found: dict[tuple[str | None, str], list[Resource]] = {}
        for each in self._resources:
            if each.type == VOLUME and not each.attributes.read("spec.claimRef.name"):
                for written in each.attributes.read("spec.storageClassName"):
                    if isinstance(written.value, Known):
                        found.setdefault((each.root, str(written.value.value)), []).append(each)
        return found

    @cached_property
    def _classes(self) -> Mapping[tuple[str, str], Sequence[Resource]]:
        found: dict[tuple[str, str], list[Resource]] = {}
        for each in self._resources:
            if each.type in MADE_BY:
                for name in ("", each.address.rpartition("/")[2]):
                    found.setdefault((each.type, name), []).append(each)
        return found


def _from_elsewhere(resources: Mapping[AddressKey, Resource]) -> Mapping[str, Resource]:
    """The same by the addresses that they have in values of other roots."""
    return {elsewhere(each.root, each.variant, each.address): each for each in resources.values()}


def nearest_by_path(resource: Resource, among: Sequence[Resource]) -> Sequence[Resource]:
    """Those ``among`` whose file shares the most folders with that of a resource; the same file is nearest."""
    own = resource.where.span().path
    depths = [shared_folders(own, each.where.span().path) for each in among]
    return [each for each, depth in zip(among, depths, strict=True) if depth == max(depths)]
