"""Custom resources that stand for a resource of another plug-in: read as if they were that (Crossplane, say)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Attributes, Found
from sovlint.model.lookups.names import flat
from sovlint.model.resources.resource import Binding, Resource
from sovlint.resolve.places.inside_values import walk
from sovlint.rules.keys import path_parts


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
