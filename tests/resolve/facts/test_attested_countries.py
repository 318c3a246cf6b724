"""A country that somebody vouches for, where code shows an area alone, or several that it may be."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.entries import Region
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Placement
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.places.placement_facts import placement_at
from tests.resolve.house import DAY, catalog, shown

EEA = Known(Region("eea", None, ("EEA",)))
ABROAD = Known(Region("abroad", "US", ()))
EITHER = Unknown(Reason.MULTI_VALUED, "region", among=(EEA, ABROAD))


def attested(region: Fact[Region], country: str) -> Placement:
    """A service at a company in a region, of which somebody vouches for a country."""
    place = ServicePlace(Known("ionos"), Unknown(Reason.NO_EVIDENCE, "service"), region)
    word = Attestation(
        "", provider=None, region=None, matches_address=lambda _: True, matches_path=None,
        evidence="contract", owner="dpo", issued=date(2026, 1, 1), expires=date(2027, 1, 1),
        where=Span("sovlint.yaml", 2, 5, 8, 1), country=country,
    )  # fmt: skip
    found = placement_at(place, Known("at-rest"), catalog(), (), DAY)
    return vouched(found, place, [word], catalog(), DAY)


@pytest.mark.parametrize(
    ("region", "country", "expected"),
    [
        # France is in the EEA, and in the EU besides: a wider area than is known of the place speaks against nothing.
        (EEA, "FR", ("FR", ("EEA",))),
        (EEA, "NO", ("NO", ("EEA",))),
        (EEA, "CH", (None, ("EEA",))),
        (EITHER, "FR", ("FR", ("EEA", "EU"))),
        (EITHER, "US", ("US", ())),
        (EITHER, "CH", (None, {("EEA",), ()})),
    ],
)
def test_it_fills_a_country_that_lies_within_what_is_known(
    region: Fact[Region], country: str, expected: tuple[str | None, object]
) -> None:
    found = attested(region, country)
    known = found.country.value if isinstance(found.country, Known) else None
    assert (known, shown(found.area)) == expected
