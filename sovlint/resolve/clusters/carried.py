"""Where what is declared in files runs that a root puts on machines: there, where nothing else says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from sovlint.model.landing import CarriedFile
from sovlint.model.resources.resource import Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, either
from sovlint.resolve.clusters.candidates import Created
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.references import nearest
from sovlint.resolve.values import several, with_step


class CarriedFiles:
    """The files that roots put on machines; ``created``: the place of the resource at an address."""

    def __init__(self, files: Iterable[CarriedFile], created: Created) -> None:
        self._created = created
        self._by_path: dict[str, list[CarriedFile]] = {}
        for each in files:
            self._by_path.setdefault(each.path, []).append(each)
        self._places: dict[CarriedFile, list[tuple[CarriedFile, ServicePlace]]] = {}

    def settled(self, resource: Resource) -> Resource:
        """A resource with where the machines are that its file is put on; itself, where it says where it runs, or where
        a machine's place isn't known."""
        named = resource.named
        if named is None or not _is_open(named) or not self._by_path:
            return resource
        met = [place for each in self._of(resource) for place in self._machines(each)]
        if not met or not all(isinstance(place.provider, Known) for _, place in met):
            return resource
        steps = [
            Step(each.where, Note("resolve.carried"), place.steps) for each, place in met
        ]
        pairs = list(zip(met, steps, strict=True))
        providers = [with_step(place.provider, step) for (_, place), step in pairs]
        provider = either(
            providers, several(providers, "machine", Note("resolve.carried-to-several"))
        )
        if isinstance(provider, Unknown):
            return replace(
                resource, named=replace(named, provider=provider, region=provider.bare())
            )
        regions = [with_step(place.region_code, step) for (_, place), step in pairs]
        region = either(
            regions, several(regions, "region", Note("resolve.carried-to-several"))
        )
        return replace(resource, named=replace(named, provider=provider, region=region))

    def _of(self, resource: Resource) -> Sequence[CarriedFile]:
        """Those that a resource's file is, or lies in; of a folder it isn't known which of its variants run."""
        path = resource.where.span().path
        found = list(self._by_path.get(path, ()))
        while resource.variant is None and "/" in path:
            path = path.rpartition("/")[0]
            found += self._by_path.get(path, ())
        return found

    def _machines(self, each: CarriedFile) -> list[tuple[CarriedFile, ServicePlace]]:
        if each not in self._places:
            at = partial(self._created, each.root, each.variant)
            if each.address is not None:
                place = at(each.address)
                found = [] if place is None else [place]
            else:
                found = [] if each.host is None else nearest(each.host, at)
            self._places[each] = [(each, place) for place in found]
        return self._places[each]


def _is_open(named: Named) -> bool:
    """Whether nothing says where it runs."""
    provider = named.provider
    return isinstance(provider, Unknown) and provider.reason is Reason.NO_EVIDENCE
