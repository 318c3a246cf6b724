"""One service met in several places: the entry of an inventory, and the code that sets it up or sends data to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.files.paths import upwards
from sovlint.model.placement import Placed
from sovlint.model.resources.resource import Resource
from sovlint.model.sameness import Differs, Mismatch, Use
from sovlint.resolve.services_met import (
    ServiceMet,
    is_code,
    is_entry,
    likely_services,
    self_hosted_vendor,
    services_met,
)

MOST_PLACES: Final = 20
"""A service is linked to no more places in code than this."""

SameServices = dict[int, dict[int, Resource]]
"""What is the same service as a resource, by the numbers of both."""


def joined(
    placed: Sequence[Placed], catalog: Catalog
) -> tuple[tuple[Placed, ...], tuple[Mismatch, ...]]:
    """All that is placed, each with what is the same service elsewhere; and where inventory and code differ.

    Without an inventory nothing differs: it says nothing.
    """
    inventory = _Inventory(placed, catalog)
    code = (each for each in placed if is_code(each.resource))
    uses = [met for each in code for met in services_met(each, catalog) if met.listed]
    links: SameServices = defaultdict(dict)
    differing: dict[tuple[object, ...], Mismatch] = {}
    for use in sorted(
        uses, key=lambda met: (*met.resource.identity, met.resource.where.span())
    ):
        matches = inventory.matches(use)
        for entry in matches.agreeing:
            _link(links, entry.resource, use.resource)
        if matches.governed and not matches.agreeing:
            _keep_difference(differing, use, matches)
    for one, other in _across(uses):
        _link(links, one.resource, other.resource)
    linked = tuple(_with(each, links.get(each.resource.number)) for each in placed)
    return linked, tuple(differing.values())


def used(placed: Sequence[Placed], catalog: Catalog) -> tuple[Use, ...]:
    """The services that code uses and that belong in an inventory, by vendor, region and, of a cloud, kind."""
    found: dict[tuple[str, str, str], list[ServiceMet]] = defaultdict(list)
    for each in placed:
        for met in (
            (*services_met(each, catalog), *likely_services(each, catalog))
            if is_code(each.resource)
            else ()
        ):
            if met.listed:
                found[met.provider, met.region or "", met.kind.en if met.kind else ""].append(
                    met
                )
    return tuple(
        Use(
            provider, mets[0].placement.provider_name or provider, region,
            tuple({met.resource.number: met.resource for met in mets}.values()),
            tuple(sorted({claim.data_class for met in mets for claim in met.placed.classes.claims})),
            mets[0].kind,
        )
        for (provider, region, _), mets in sorted(found.items())
    )  # fmt: skip


class _Matches(Struct, frozen=True):
    """What the inventories that are about a piece of code say of the vendor that it uses, from rough to exact."""

    governed: bool
    """Whether any inventory is about that code."""
    akin: Sequence[ServiceMet]
    """Entries of the same kind of service."""
    same: Sequence[ServiceMet]
    """Those of them that may be the same product."""
    agreeing: Sequence[ServiceMet]
    """Those of them that may be in the same place."""
    self_hosted: Resource | None
    """An entry that says the vendor's product is run by oneself."""


class _Inventory:
    """The entries of all inventories, by vendor."""

    def __init__(self, placed: Sequence[Placed], catalog: Catalog) -> None:
        self._governing = _Governing([each.resource for each in placed])
        self._services: dict[str, list[ServiceMet]] = defaultdict(list)
        self._self_hosted: dict[str, list[Resource]] = defaultdict(list)
        for each in placed:
            if is_entry(each.resource):
                for met in services_met(each, catalog):
                    self._services[met.provider].append(met)
                vendor = self_hosted_vendor(each.resource, catalog)
                if vendor is not None:
                    self._self_hosted[vendor].append(each.resource)

    def matches(self, use: ServiceMet) -> _Matches:
        """The entries that a use of a service may be listed as."""
        governing = self._governing.entries(use.resource)
        services = [
            entry
            for entry in self._services.get(use.provider, ())
            if entry.resource.number in governing
        ]
        akin = [entry for entry in services if _of_one_kind(entry, use)]
        same = [
            entry
            for entry in akin
            if None in (entry.product, use.product) or entry.product == use.product
        ]
        agreeing = [entry for entry in same if _in_one_place(entry, use)]
        own = (
            entry
            for entry in self._self_hosted.get(use.provider, ())
            if entry.number in governing
        )
        return _Matches(bool(governing), akin, same, agreeing, next(own, None))


class _Governing:
    """Which inventories are about which code: those in a folder above it, all of them.

    One that is kept in a folder without code is about what lies in the nearest folder above that has some, unless
    other inventories are: so a team's own list isn't mixed with that of its neighbours.
    """

    def __init__(self, resources: Sequence[Resource]) -> None:
        code = {folder for each in resources if is_code(each) for folder in _folders(each)}
        self._above: dict[str, set[int]] = defaultdict(set)
        self._apart: dict[str, set[int]] = defaultdict(set)
        for each in filter(is_entry, resources):
            folders = _folders(each)
            nearest = next((folder for folder in folders if folder in code), "")
            held = self._above if nearest == folders[0] else self._apart
            held[nearest].add(each.number)

    def entries(self, resource: Resource) -> frozenset[int]:
        """The entries, by number, of the inventories that are about code."""
        folders = _folders(resource)
        above = [self._above[folder] for folder in folders if folder in self._above]
        return frozenset().union(
            *(above or (self._apart.get(folder, ()) for folder in folders))
        )


def _folders(resource: Resource) -> tuple[str, ...]:
    """Where something is declared (its root, else the folder of its file), and all above, up to the root of the
    repository (``""``)."""
    root = resource.root
    return (
        *upwards(resource.where.span().path.rpartition("/")[0] if root is None else root),
        "",
    )


def _of_one_kind(one: ServiceMet, other: ServiceMet) -> bool:
    return not one.kinds or not other.kinds or bool(one.kinds & other.kinds)


def _in_one_place(one: ServiceMet, other: ServiceMet) -> bool:
    """Whether both may be in the same region: none that is known differs."""
    if one.region is not None and other.region is not None:
        return one.region == other.region
    return None in (one.country, other.country) or one.country == other.country


def _keep_difference(
    differing: dict[tuple[object, ...], Mismatch], use: ServiceMet, matches: _Matches
) -> None:
    """Keep a difference, or count it where the same one is kept for that root."""
    if matches.same:
        entry = matches.same[0]
        made = _mismatch(use, Differs.REGION, entry.resource, entry.region or entry.country)
        alike: object = use.region or use.country
    elif matches.akin:
        entry = matches.akin[0]
        made = _mismatch(use, Differs.PRODUCT, entry.resource, entry.product)
        alike = use.product
    else:
        own = matches.self_hosted
        made = _mismatch(use, Differs.UNDECLARED if own is None else Differs.SELF_HOSTED, own)
        alike = use.kind
    known = differing.setdefault((*use.root, use.provider, made.differs, alike), made)
    if known.resource.number != use.resource.number:
        differing[*use.root, use.provider, made.differs, alike] = replace(
            known, more=known.more + 1
        )


def _mismatch(
    use: ServiceMet, differs: Differs, entry: Resource | None, said: str | None = None
) -> Mismatch:
    return Mismatch(differs, use.resource, use.placement, entry, said or "", use.kind)


def _across(uses: Iterable[ServiceMet]) -> Iterator[tuple[ServiceMet, ServiceMet]]:
    """Code that uses one service from different places: pairs of the first that each root has of it."""
    firsts: dict[tuple[object, ...], dict[tuple[object, ...], ServiceMet]] = defaultdict(dict)
    for met in uses:
        firsts[met.provider, met.kinds, met.region].setdefault(met.root, met)
    for places in firsts.values():
        yield from combinations(islice(places.values(), MOST_PLACES), 2)


def _link(links: SameServices, one: Resource, other: Resource) -> None:
    if one.number != other.number:
        links[one.number][other.number] = other
        links[other.number][one.number] = one


def _with(placed: Placed, same: dict[int, Resource] | None) -> Placed:
    return replace(placed, same_as=tuple(same.values())) if same else placed
