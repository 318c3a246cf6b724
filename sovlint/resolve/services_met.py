"""Services as they are met in code or an inventory: whose they are, of which kind, where, and whether they are listed.

Which of a cloud's services belong in an inventory is data (``kinds.yaml``): a bucket doesn't, a mail service does. Of a
vendor of SaaS, every service does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import KindEntry, Provider
from sovlint.catalog.load import Catalog
from sovlint.model.lookups.names import fold
from sovlint.model.placement import CONFIG_ROLE, GLOBAL_REGION, Placed, Placement
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Bilingual
from sovlint.model.value import Fact, Known, Unknown
from sovlint.resolve.values import value_of

INVENTORY: Final = "saas"
"""The front end that reads inventories."""
SERVICE: Final = "service"
"""The type of an entry; its sub-processors are of another."""

UNLISTED_ROLES: Final = frozenset({CONFIG_ROLE, "keys", "registry", "state"})
"""Roles of what brings a vendor no data of people: nobody lists it as a service for that."""

VENDORS: Final = frozenset({"saas", "saas-tool"})
"""Kinds of providers of which every service belongs in an inventory."""


class ServiceMet(Struct, frozen=True):
    """A service as it is met at one place: whose it is, of which kinds (none where it isn't known which service it is),
    and whether it belongs in an inventory."""

    placed: Placed
    placement: Placement
    provider: str
    listed: bool
    kinds: frozenset[str] = frozenset()
    product: str | None = None
    """The service of the vendor, by its id."""
    kind: Bilingual | None = None
    """What kind of service it is, where its provider is no vendor of SaaS and has many others."""

    @property
    def resource(self) -> Resource:
        """What is placed."""
        return self.placed.resource

    @property
    def region(self) -> str | None:
        """The code of its region, where it has one that is known."""
        return _place(self.placement.region)

    @property
    def country(self) -> str | None:
        """Its country, where it has one that is known."""
        return _place(self.placement.country)

    @property
    def root(self) -> tuple[object, ...]:
        """What is read as one with it."""
        return self.resource.front_end, self.resource.root, self.resource.variant


def is_entry(resource: Resource) -> bool:
    """Whether it is an entry of an inventory."""
    return resource.front_end == INVENTORY and resource.type == SERVICE


def is_code(resource: Resource) -> bool:
    """Whether it is code that is put to use."""
    return resource.front_end != INVENTORY and not resource.library


def services_met(placed: Placed, catalog: Catalog) -> Iterator[ServiceMet]:
    """The services of companies that are known."""
    for placement in placed.placements:
        name, service = value_of(placement.provider), value_of(placement.service)
        if name is None or value_of(placement.sure) is False:
            continue
        provider = catalog.find_provider(name)
        kinds = catalog.kinds_of(name, service)
        yield ServiceMet(
            placed=placed,
            placement=placement,
            provider=name,
            listed=_is_listed(placement, provider, kinds),
            kinds=frozenset(kind.id for kind in kinds if service is not None),
            product=_product(placed.resource, name, service, catalog),
            kind=kinds[0].name
            if kinds and provider is not None and provider.kind not in VENDORS
            else None,
        )


def likely_services(placed: Placed, catalog: Catalog) -> Iterator[ServiceMet]:
    """Whose service it probably is where the address that decides isn't known: that of the plug-in's own vendor.

    Good enough to ask about, not to judge by.
    """
    binding = placed.resource.binding
    plugin = catalog.plugin(binding.plugin) if binding is not None else None
    vendor = (
        catalog.find_provider(plugin.default)
        if plugin is not None and plugin.default
        else None
    )
    if vendor is None:
        return
    for placement in placed.placements:
        if isinstance(placement.provider, Unknown):
            likely = replace(placement, provider=Known(vendor.id), provider_name=vendor.name)
            yield ServiceMet(placed, likely, vendor.id, _is_listed(likely, vendor, ()))


def self_hosted_vendor(resource: Resource, catalog: Catalog) -> str | None:
    """The vendor of an entry that says it runs the vendor's product by itself."""
    if not is_entry(resource) or True not in _written(resource, "self_hosted"):
        return None
    names = _written(resource, "vendor")
    vendor = catalog.find_provider(str(names[0])) if names else None
    return vendor.id if vendor is not None else None


def _product(
    resource: Resource, provider: str, service: str | None, catalog: Catalog
) -> str | None:
    """Which of a vendor's services it is: of an entry, only where its product or vendor is named exactly so. The name
    of the company itself says nothing of that, though a service may be called the same (Okta)."""
    if service is not None or not is_entry(resource):
        return service
    company = catalog.find_provider(provider)
    general = {fold(provider), fold(company.name)} if company is not None else set()
    vendors = [
        text
        for text in _written(resource, "vendor")
        if isinstance(text, str) and fold(text) not in general
    ]
    written = [*_written(resource, "product"), *vendors]
    named = (
        catalog.service_named(provider, text) for text in written if isinstance(text, str)
    )
    return next(filter(None, named), None)


def _is_listed(
    placement: Placement, provider: Provider | None, kinds: Sequence[KindEntry]
) -> bool:
    """Whether what is placed belongs in an inventory."""
    role = value_of(placement.role)
    if role is None or role in UNLISTED_ROLES:
        return False
    is_vendor = provider is not None and provider.kind in VENDORS
    return is_vendor or (bool(kinds) and all(kind.inventoried for kind in kinds))


def _written(resource: Resource, key: str) -> list[object]:
    return [value_of(found.value) for found in resource.attributes.read(key)]


def _place(fact: Fact[str]) -> str | None:
    place = value_of(fact)
    return None if place == GLOBAL_REGION else place
