"""Which providers qualify under a referential that limits what owners from outside the EU may hold."""

from __future__ import annotations

from datetime import date

from sovlint.catalog.entries import ServiceOffer
from sovlint.catalog.load import Catalog
from sovlint.resolve.facts.offers import valid


def owners_limited(provider: str, catalog: Catalog, day: date) -> bool:
    """Whether a qualification in force on ``day`` shows that nobody outside the EU controls the company."""
    return in_force_with_limits(provider, catalog, day) is not None


def in_force_with_limits(provider: str, catalog: Catalog, day: date) -> ServiceOffer | None:
    """An offer, in force on ``day``, under a referential that limits what parties from outside may hold."""
    for scheme in catalog.schemes.values():
        for offer in scheme.offers.get(provider, ()):
            limited = any(
                version.id == offer.version and version.limits_owners
                for version in scheme.versions
            )
            if limited and valid(offer, scheme, day).held:
                return offer
    return None
