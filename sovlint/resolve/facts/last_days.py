"""The days on which something that is said of a provider ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.resolve.facts.offers import years_later


def ends(
    provider: str, catalog: Catalog, attested: Sequence[Attestation], day: date
) -> tuple[date, ...]:
    """The last days, from ``day`` on, of all that may be said of a provider: offers, versions of a qualification,
    attestations, and who controls it."""
    last = {each.expires for each in attested if each.provider in (None, provider)}
    last.update(turn - timedelta(days=1) for turn in catalog.turns(provider))
    for scheme in catalog.judged.values():
        for offer in scheme.offers.get(provider, ()):
            last.update(
                version.until
                for version in scheme.versions
                if version.until and version.id == offer.version
            )
            if offer.until is not None:
                last.add(offer.until)
            elif offer.since is not None:
                last.add(years_later(offer.since, scheme.years) - timedelta(days=1))
    return tuple(sorted(each for each in last if each >= day))
