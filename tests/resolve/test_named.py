"""Places that somebody names outright: which service a vendor stands for isn't known where nothing says it."""

from __future__ import annotations

from sovlint.catalog.entries import PlacementRule
from sovlint.model.resources.resource import Named
from sovlint.model.value import Known
from sovlint.resolve.places.named_places import named_place
from tests.resolve.house import catalog, shown

PARIS = Named(Known("scaleway"), Known("fr-par"))


def test_a_vendor_is_not_a_service() -> None:
    found = named_place(PARIS, PlacementRule(role="processor"), catalog())
    assert (shown(found.provider), shown(found.service)) == (
        "scaleway",
        "no-evidence: service",
    )


def test_a_rule_says_which_service_it_is() -> None:
    ruled = named_place(PARIS, PlacementRule(role="compute", service="kubernetes"), catalog())
    assert shown(ruled.service) == "kubernetes"


def test_what_an_unlisted_type_keeps_may_be_anywhere() -> None:
    found = named_place(PARIS, PlacementRule(role=None), catalog(), "Unheard.example.org")
    facts = (found.provider, found.service, found.region)
    assert [shown(fact) for fact in facts] == ["not-in-catalogue: Unheard.example.org"] * 3
