"""Places that somebody names outright, by provider and region: a declared cluster, a vendor in an inventory."""

from __future__ import annotations

from typing import cast

from sovlint.catalog.entries import PlacementRule
from sovlint.catalog.load import Catalog
from sovlint.model.resources.resource import Named
from sovlint.model.value import Fact, Known, Reason, Unknown, is_null, map_fact
from sovlint.resolve.facts.service_place import ServicePlace, nowhere, region_of
from sovlint.resolve.values import no_evidence, value_of


def named_place(
    named: Named, rule: PlacementRule, catalog: Catalog, unlisted: str | None = None
) -> ServicePlace:
    """The place of something whose provider and region somebody names outright.

    Which service it is, only the rule of its type says; a vendor may have many. ``unlisted`` is a type that the
    catalogue doesn't have: whatever acts on it may keep its data anywhere, so that where it is declared says nothing.
    """
    if unlisted is not None:
        return nowhere(Unknown(Reason.NOT_IN_CATALOGUE, unlisted))

    def known_provider(written: str) -> Fact[str]:
        found = catalog.find_provider(written)
        return Known(found.id) if found else Unknown(Reason.NOT_IN_CATALOGUE, written)

    provider = map_fact(cast("Fact[str]", named.provider), known_provider)
    region = (
        no_evidence("region", named.region.because) if is_null(named.region) else named.region
    )
    written = cast("Fact[str]", region)
    decided = (provider.because, written.because)
    return ServicePlace(
        provider, service_of(rule), region_of(provider, written, catalog), decided
    )


def told_place(named: Named, catalog: Catalog) -> ServicePlace:
    """The place of something that another repository has placed; a provider that the catalogue doesn't have is none."""

    def listed(written: str) -> Fact[str]:
        found = catalog.find_provider(written)
        return Known(found.id) if found else Unknown(Reason.NOT_IN_CATALOGUE, written)

    provider = map_fact(cast("Fact[str]", named.provider), listed)
    service = cast("Fact[str]", named.service)
    region = region_of(provider, cast("Fact[str]", named.region), catalog)
    return ServicePlace(provider, service, region, (provider.because, region.because))


def service_of(rule: PlacementRule) -> Fact[str]:
    """The service that a rule names, if it names one."""
    return Known(rule.service) if rule.service else no_evidence("service")


def name_of(named: Named, provider: Fact[str]) -> str:
    """What somebody names a company that the catalogue doesn't have; empty where it has it, or the name isn't known."""
    unlisted = isinstance(provider, Unknown) and provider.reason is Reason.NOT_IN_CATALOGUE
    written = value_of(named.provider)
    return (
        str(written)
        if unlisted and written is not None and not named.provider.sensitive
        else ""
    )
