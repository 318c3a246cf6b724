"""The shipped catalogue holds what was worked out by hand: every line of ``facts.yaml``."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sovlint.catalog.entries import HeldFromOutside, ServiceOffer
from sovlint.catalog.load import Catalog, load
from tests.catalog.known import DAY, FACTS


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def plain(value: object) -> object:
    """A value as YAML has it: lists for tuples."""
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", FACTS["providers"])
def test_control_and_technology(catalog: Catalog, name: str) -> None:
    fact = FACTS["providers"][name]
    assert plain(catalog.control(name, DAY).states) == fact["control"]
    assert plain(catalog.technology(name, DAY).codes) == fact["technology"]


@pytest.mark.parametrize(("written", "provider"), FACTS["names"].items())
def test_people_find_a_provider_by_the_names_they_use(
    catalog: Catalog, written: str, provider: str
) -> None:
    found = catalog.find_provider(written)
    assert found is not None
    assert found.id == provider


@pytest.mark.parametrize(("provider", "status"), FACTS["status"].items())
def test_status(catalog: Catalog, provider: str, status: str) -> None:
    assert catalog.providers[provider].status == status


@pytest.mark.parametrize(("provider", "code", "country"), FACTS["regions"])
def test_a_code_means_something_only_together_with_its_provider(
    catalog: Catalog, provider: str, code: str, country: str | None
) -> None:
    found = catalog.find_region(provider, code)
    assert (found and found.country) == country


@pytest.mark.parametrize(("region", "pair"), FACTS["pairs"].items())
def test_what_azure_copies_to(catalog: Catalog, region: str, pair: str | None) -> None:
    assert catalog.providers["microsoft-azure"].regions[region].pair == pair


def test_what_nobody_found_of_who_controls_a_provider(catalog: Catalog) -> None:
    held = {name: catalog.control(name, DAY).open for name in catalog.providers}
    assert {name: opened for name, opened in held.items() if opened} == {
        name: tuple(
            (kind, each)
            for kind in ("owners", "second", "host")
            for each in fact.get(kind, ())
        )
        for name, fact in FACTS["unfound"].items()
    }


@pytest.mark.parametrize("name", FACTS["held_from_outside"])
def test_what_is_held_from_outside_the_union(catalog: Catalog, name: str) -> None:
    single, least, most = FACTS["held_from_outside"][name]
    assert catalog.control(name, DAY).held_from_outside["EU"] == HeldFromOutside(
        single, least, most
    )


@pytest.mark.parametrize(("state", "law", "day", "standing"), FACTS["laws"])
def test_how_a_law_stands_on_a_day(
    catalog: Catalog, state: str, law: str, day: date, standing: str
) -> None:
    (found,) = [each for each in catalog.jurisdictions[state].laws if each.name.en == law]
    assert found.standing(day) == standing


def test_what_rests_on_background_knowledge_is_marked(catalog: Catalog) -> None:
    background = {each for each in catalog.providers if catalog.control(each, DAY).background}
    assert background >= set(FACTS["background"])
    assert not background & set(FACTS["read"])


def offers(catalog: Catalog, scheme: str) -> list[ServiceOffer]:
    """Every offer of a scheme."""
    return [
        offer
        for each in catalog.schemes.values()
        if each.name == scheme
        for found in each.offers.values()
        for offer in found
    ]


def agrees(offer: ServiceOffer, key: str, wanted: Any) -> bool:
    """Whether an offer has what a line of the table says of it."""
    if key == "not_services":
        return not set(wanted) & set(offer.services or ())
    found = plain(getattr(offer, key))
    if key in ("services", "excluded") and wanted is not None:
        return isinstance(found, list) and set(wanted) <= set(found)
    return found == wanted


@pytest.mark.parametrize(
    "scheme", ["secnumcloud", "hds", "c5", "iso-27001", "ens", "nen-7510", "acn-qc"]
)
def test_every_offer_is_listed_with_its_days_and_scope(catalog: Catalog, scheme: str) -> None:
    lines = FACTS[scheme]
    by_offer = any("offer" in line for line in lines)
    told = {(line["provider"], line.get("offer")): line for line in lines}
    assert len(told) == len(lines)
    found = {
        (offer.provider, offer.offer if by_offer else None): offer
        for offer in offers(catalog, scheme)
    }
    assert found.keys() == told.keys()
    assert [
        (where, key)
        for where, line in told.items()
        for key in line
        if not agrees(found[where], key, line[key])
    ] == []
