"""One service met in several places: the entry of an inventory, and the code that sets it up or sends data to it.

Which of a cloud's services belong in an inventory is data (``kinds.yaml``): a bucket doesn't, a mail service does. Of a
vendor of SaaS, every service does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import KindEntry
from sovlint.catalog.load import Catalog
from sovlint.catalog.names import fold
from sovlint.model.placement import CONFIG_ROLE, GLOBAL_REGION, Placed, Placement
from sovlint.model.resource import Resource
from sovlint.model.sameness import Differs, Mismatch, Use
from sovlint.model.text import Bilingual
from sovlint.model.value import Fact, Known, Unknown

INVENTORY: Final = "saas"
"""The front end that reads inventories."""
SERVICE: Final = "service"
"""The type of an entry; its sub-processors are of another."""

UNLISTED_ROLES: Final = frozenset({CONFIG_ROLE, "keys", "registry", "state"})
"""Roles of what brings a vendor no data of people: nobody lists it as a service for that."""

VENDORS: Final = frozenset({"saas", "saas-tool"})
"""Kinds of providers of which every service belongs in an inventory."""

MOST_PLACES: Final = 20
"""A service is linked to no more places in code than this."""


class _Met(Struct, frozen=True):
    """A service as it is met at one place: whose it is, of which kinds (none where it isn't known which service it is),
    whether it belongs in an inventory, and where it is."""

    placed: Placed
    placement: Placement
    provider: str
    kinds: frozenset[str]
    listed: bool
    region: str | None
    country: str | None
    product: str | None
    """The service of the vendor, by its id."""
    kind: Bilingual | None
    """What kind of service it is, where its provider is no vendor of SaaS and has many others."""

    @property
    def resource(self) -> Resource:
        return self.placed.resource


def joined(placed: Sequence[Placed], catalog: Catalog) -> tuple[tuple[Placed, ...], tuple[Mismatch, ...]]:
    """All that is placed, each with what is the same service elsewhere; and where inventory and code differ.

    Without an inventory nothing differs: it says nothing.
    """
    inventory = _Inventory(placed, catalog)
    uses = [met for each in placed if _is_code(each.resource) for met in _met(each, catalog) if met.listed]
    links: dict[int, dict[int, Resource]] = {}
    differing: dict[tuple[object, ...], Mismatch] = {}
    for use in sorted(uses, key=lambda met: (*met.resource.identity, met.resource.where.span())):
        matches = inventory.matches(use)
        for entry in matches.agreeing:
            _link(links, entry.resource, use.resource)
        if matches.governed and not matches.agreeing:
            _note(differing, use, matches)
    for one, other in _across(uses):
        _link(links, one.resource, other.resource)
    linked = tuple(_with(each, links.get(each.resource.number)) for each in placed)
    return linked, tuple(differing.values())


def used(placed: Sequence[Placed], catalog: Catalog) -> tuple[Use, ...]:
    """The services that code uses and that belong in an inventory, by vendor, region and, of a cloud, kind."""
    found: dict[tuple[str, str, str], list[_Met]] = {}
    for each in placed:
        for met in (*_met(each, catalog), *_likely(each, catalog)) if _is_code(each.resource) else ():
            if met.listed:
                found.setdefault((met.provider, met.region or "", met.kind.en if met.kind else ""), []).append(met)
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
    akin: Sequence[_Met]
    """Entries of the same kind of service."""
    same: Sequence[_Met]
    """Those of them that may be the same product."""
    agreeing: Sequence[_Met]
    """Those of them that may be in the same place."""
    self_hosted: Resource | None
    """An entry that says the vendor's product is run by oneself."""


class _Inventory:
    """The entries of all inventories, by vendor."""

    def __init__(self, placed: Sequence[Placed], catalog: Catalog) -> None:
        self._governing = _Governing([each.resource for each in placed])
        self._services: dict[str, list[_Met]] = {}
        self._self_hosted: dict[str, list[Resource]] = {}
        for each in placed:
            if _is_entry(each.resource):
                for met in _met(each, catalog):
                    self._services.setdefault(met.provider, []).append(met)
                vendor = _self_hosted(each.resource, catalog)
                if vendor is not None:
                    self._self_hosted.setdefault(vendor, []).append(each.resource)

    def matches(self, use: _Met) -> _Matches:
        """The entries that a use of a service may be listed as."""
        governing = self._governing.entries(use.resource)
        services = [entry for entry in self._services.get(use.provider, ()) if entry.resource.number in governing]
        akin = [entry for entry in services if _of_one_kind(entry, use)]
        same = [entry for entry in akin if _of_one_product(entry, use)]
        agreeing = [entry for entry in same if _in_one_place(entry, use)]
        own = (entry for entry in self._self_hosted.get(use.provider, ()) if entry.number in governing)
        return _Matches(bool(governing), akin, same, agreeing, next(own, None))


class _Governing:
    """Which inventories are about which code: those in a folder above it, all of them.

    One that is kept in a folder without code is about what lies in the nearest folder above that has some, unless
    other inventories are: so a team's own list isn't mixed with that of its neighbours.
    """

    def __init__(self, resources: Sequence[Resource]) -> None:
        code = {folder for each in resources if _is_code(each) for folder in upwards_from(_folder(each))}
        self._above: dict[str, set[int]] = {}
        self._apart: dict[str, set[int]] = {}
        for each in resources:
            if _is_entry(each):
                folder = _folder(each)
                found = next((above for above in upwards_from(folder) if above in code), "")
                held = self._above if found == folder else self._apart
                held.setdefault(found, set()).add(each.number)

    def entries(self, resource: Resource) -> frozenset[int]:
        """The entries, by number, of the inventories that are about code."""
        folders = list(upwards_from(_folder(resource)))
        above = [self._above.get(folder, set()) for folder in folders]
        if not any(above):
            above = [self._apart.get(folder, set()) for folder in folders]
        return frozenset().union(*above)


def _folder(resource: Resource) -> str:
    """Where something is declared: its root, else the folder of its file."""
    return resource.where.span().path.rpartition("/")[0] if resource.root is None else resource.root


def upwards_from(folder: str) -> Iterator[str]:
    """A folder and all above it, up to the root of the repository (``""``)."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _is_entry(resource: Resource) -> bool:
    return resource.front_end == INVENTORY and resource.type == SERVICE


def _is_code(resource: Resource) -> bool:
    return resource.front_end != INVENTORY and not resource.library


def _met(placed: Placed, catalog: Catalog) -> Iterator[_Met]:
    for placement in placed.placements:
        if isinstance(placement.provider, Known) and _value(placement.sure) is not False:
            service = _value(placement.service)
            kinds = catalog.kinds_of(placement.provider.value, service if isinstance(service, str) else None)
            yield _Met(
                placed, placement, placement.provider.value,
                frozenset(kind.id for kind in kinds) if service is not None else frozenset(),
                _listed(placement, kinds, catalog),
                _place(placement.region), _place(placement.country),
                _product(placed.resource, placement.provider.value, service, catalog),
                _kind(placement.provider.value, kinds, catalog),
            )  # fmt: skip


def _kind(provider: str, kinds: Sequence[KindEntry], catalog: Catalog) -> Bilingual | None:
    vendor = catalog.find_provider(provider)
    return kinds[0].name if kinds and vendor is not None and vendor.kind not in VENDORS else None


def _product(resource: Resource, provider: str, service: object, catalog: Catalog) -> str | None:
    """Which of a vendor's services it is: of an entry, only where its product or vendor is named exactly so. The name
    of the company itself says nothing of that, though a service may be called the same (Okta)."""
    if isinstance(service, str):
        return service
    if not _is_entry(resource):
        return None
    company = catalog.find_provider(provider)
    general = {fold(provider), fold(company.name)} if company is not None else set()
    products, vendors = (
        [_value(each.value) for each in resource.attributes.read(key)] for key in ("product", "vendor")
    )
    written = [*products, *(text for text in vendors if isinstance(text, str) and fold(text) not in general)]
    named = (catalog.service_named(provider, text) for text in written if isinstance(text, str))
    return next((found for found in named if found), None)


def _likely(placed: Placed, catalog: Catalog) -> Iterator[_Met]:
    """Whose service it probably is where the address that decides isn't known: that of the plug-in's own vendor.

    Good enough to ask about, not to judge by.
    """
    binding = placed.resource.binding
    plugin = catalog.plugin(binding.plugin) if binding is not None else None
    vendor = catalog.find_provider(plugin.default) if plugin is not None and plugin.default else None
    if vendor is None:
        return
    for placement in placed.placements:
        if isinstance(placement.provider, Unknown):
            likely = replace(placement, provider=Known(vendor.id), provider_name=vendor.name)
            yield _Met(placed, likely, vendor.id, frozenset(), _listed(likely, (), catalog), None, None, None, None)


def _listed(placement: Placement, kinds: Sequence[KindEntry], catalog: Catalog) -> bool:
    """Whether what is placed belongs in an inventory."""
    if not isinstance(placement.role, Known) or placement.role.value in UNLISTED_ROLES:
        return False
    vendor = catalog.find_provider(placement.provider.value) if isinstance(placement.provider, Known) else None
    if vendor is not None and vendor.kind in VENDORS:
        return True
    return bool(kinds) and all(kind.inventoried for kind in kinds)


def _self_hosted(resource: Resource, catalog: Catalog) -> str | None:
    """The vendor of an entry that says it runs the vendor's product by itself."""
    if not _is_entry(resource) or not any(
        _value(each.value) is True for each in resource.attributes.read("self_hosted")
    ):
        return None
    names = [_value(each.value) for each in resource.attributes.read("vendor")]
    vendor = catalog.find_provider(str(names[0])) if names else None
    return vendor.id if vendor is not None else None


def _of_one_kind(one: _Met, other: _Met) -> bool:
    return not one.kinds or not other.kinds or bool(one.kinds & other.kinds)


def _of_one_product(entry: _Met, use: _Met) -> bool:
    """Whether both may be the same product: neither says so otherwise."""
    return entry.product is None or use.product is None or entry.product == use.product


def _in_one_place(one: _Met, other: _Met) -> bool:
    """Whether both may be in the same region: none that is known differs."""
    if one.region is not None and other.region is not None:
        return one.region == other.region
    return one.country is None or other.country is None or one.country == other.country


def _note(differing: dict[tuple[object, ...], Mismatch], use: _Met, matches: _Matches) -> None:
    """Keep a difference, or count it where the same one is kept for that root."""
    root = (use.resource.front_end, use.resource.root, use.resource.variant)
    if matches.same:
        entry = matches.same[0]
        said = entry.region or entry.country or ""
        made = Mismatch(Differs.REGION, use.resource, use.placement, entry.resource, said, use.kind)
        key: tuple[object, ...] = (*root, use.provider, made.differs, use.region or use.country)
    elif matches.akin:
        entry = matches.akin[0]
        said = entry.product or ""
        made = Mismatch(Differs.PRODUCT, use.resource, use.placement, entry.resource, said, use.kind)
        key = (*root, use.provider, made.differs, use.product)
    else:
        own = matches.self_hosted
        kind = Differs.UNDECLARED if own is None else Differs.SELF_HOSTED
        made = Mismatch(kind, use.resource, use.placement, own, kind=use.kind)
        key = (*root, use.provider, kind, use.kind)
    known = differing.get(key)
    if known is None:
        differing[key] = made
    elif known.resource.number != use.resource.number:
        differing[key] = replace(known, more=known.more + 1)


def _across(uses: Iterable[_Met]) -> Iterator[tuple[_Met, _Met]]:
    """Code that uses one service from different places: pairs of the first that each root has of it."""
    firsts: dict[tuple[str, frozenset[str], str | None], dict[tuple[object, ...], _Met]] = {}
    for met in uses:
        place = (met.resource.front_end, met.resource.root, met.resource.variant)
        firsts.setdefault((met.provider, met.kinds, met.region), {}).setdefault(place, met)
    for places in firsts.values():
        listed = list(places.values())[:MOST_PLACES]
        yield from ((one, other) for number, one in enumerate(listed) for other in listed[number + 1 :])


def _link(links: dict[int, dict[int, Resource]], one: Resource, other: Resource) -> None:
    if one.number != other.number:
        links.setdefault(one.number, {})[other.number] = other
        links.setdefault(other.number, {})[one.number] = one


def _with(placed: Placed, same: dict[int, Resource] | None) -> Placed:
    return replace(placed, same_as=tuple(same.values())) if same else placed


def _place(fact: Fact[str]) -> str | None:
    return fact.value if isinstance(fact, Known) and fact.value != GLOBAL_REGION else None


def _value(fact: Fact[object]) -> object:
    return fact.value if isinstance(fact, Known) else None
