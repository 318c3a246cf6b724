"""Which services an attestation of a qualification covers: those that it names, else those known of its subject."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from sovlint.catalog.entries import Region, Scheme, ServiceOffer
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason
from sovlint.resolve.facts.offers import ALL
from sovlint.resolve.values import members


class ServiceAsked(Struct, frozen=True):
    """Whether a qualification is held is asked of a service, at one provider (empty: one that the catalogue lacks), in
    a region, on a day."""

    scheme: Scheme
    provider: str
    service: Fact[str]
    region: Fact[Region]
    day: date

    @property
    def offers(self) -> tuple[ServiceOffer, ...]:
        """The provider's offers."""
        return self.scheme.offers.get(self.provider, ())

    @property
    def region_code(self) -> str | None:
        """The code of the region, where it is known."""
        return self.region.value.code if isinstance(self.region, Known) else None

    def is_covered_by(self, attestation: Attestation, catalog: Catalog) -> bool:
        """Whether an attestation that speaks of this place covers the service: each that it may be is named. Where none
        is named, those count that an offer lists, or any that is known where no list was read.

        A type that the catalogue lacks is never covered. What an inventory names without a service is, where all of
        its vendor's are one, or where the attestation speaks of that very entry.
        """
        possible = [str(each.value) for each in members(self.service)]
        if attestation.services:
            return bool(possible) and set(possible) <= set(attestation.services)
        listed = {
            name for offer in self.offers for name in offer.services or () if name != ALL
        }
        if possible:
            return not listed or set(possible) <= listed
        is_unlisted = getattr(self.service, "reason", None) is Reason.NOT_IN_CATALOGUE
        is_one = not listed and not catalog.tells_services(self.provider)
        return not is_unlisted and (is_one or attestation.matches_address is not None)

    def left_out_by(self, attestation: Attestation) -> Note:
        """That an attestation speaks of this place, and not of this service."""
        services = tuple(str(each.value) for each in members(self.service))
        key = (
            "resolve.attestation-needs-service"
            if services
            else "resolve.attestation-unknown-service"
        )
        return Note(key, {"owner": attestation.owner, "services": services})
