"""Who holds a company, and what leads to a provider, as the shipped catalogue has them."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.load import Catalog, load
from sovlint.model.lookups.profile import Company, PluginUse

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def held(company: Company) -> list[tuple[str, ...]]:
    """Each holding above a company: its holders, nearest first."""
    shares = company.shares or ()
    above = [each for share in shares for holder in share.holders for each in held(holder)]
    return [*(tuple(holder.name for holder in share.holders) for share in shares), *above]


def test_owners_up_to_the_top(catalog: Catalog) -> None:
    assert held(catalog.company("aws", DAY)) == [("Amazon.com, Inc.",)]
    assert held(catalog.company("bleu", DAY)) == [("Orange SA", "Capgemini SE")]
    assert held(catalog.company("exoscale", DAY)) == [
        ("A1 Telekom Austria Group",),
        ("América Móvil",),
    ]
    assert held(catalog.company("s3ns", DAY)) == [
        ("Thales SA",), ("Google LLC",), ("the French State", "Dassault Aviation SA"),
        ("Groupe Industriel Marcel Dassault",), ("the Dassault family",), ("Alphabet Inc.",),
    ]  # fmt: skip


def test_shares_are_told_where_they_were_found(catalog: Catalog) -> None:
    (exoscale,) = catalog.company("exoscale", DAY).shares or ()
    (a1,) = exoscale.holders[0].shares or ()
    assert (exoscale.percent, exoscale.majority) == (None, True)
    assert (a1.percent, a1.majority) == (56.55, True)
    thales, google = catalog.company("s3ns", DAY).shares or ()
    assert (thales.percent, thales.majority, google.percent, google.majority) == (
        None,
        True,
        None,
        False,
    )
    (klaba,) = catalog.company("ovhcloud", DAY).shares or ()
    assert klaba.percent is None


def test_nobody_found_nobody_in_the_majority_and_nobody_possible_are_told_apart(
    catalog: Catalog,
) -> None:
    assert catalog.company("viamedis", DAY).shares is None
    microsoft = catalog.company("microsoft-azure", DAY)
    assert microsoft.dispersed is not None
    assert (microsoft.shares, microsoft.dispersed.background) == ((), True)
    (groupe,) = catalog.company("ovhcloud", DAY).shares or ()
    (klaba,) = groupe.holders[0].shares or ()
    assert klaba.holders[0].top


def test_owners_are_those_of_the_day(catalog: Catalog) -> None:
    before, after = (
        catalog.company("confluent", day) for day in (date(2026, 3, 16), date(2026, 3, 17))
    )
    assert before.shares == ()
    assert held(after) == [("International Business Machines Corporation",)]


def test_hosts(catalog: Catalog) -> None:
    hosts = {each.host: each.service for each in catalog.hosts_of("s3ns")}
    assert hosts["storage.s3nsapis.fr"] == "storage"
    assert hosts["**.s3nsapis.fr"] is None
    assert catalog.hosts_of("its-integra") == ()


def test_plugins_of_ones_own_and_of_others(catalog: Catalog) -> None:
    assert catalog.plugins_of("outscale") == (PluginUse("outscale/outscale", True),)
    assert PluginUse("hashicorp/google", False) in catalog.plugins_of("s3ns")
    assert PluginUse("hashicorp/google-beta", True) in catalog.plugins_of("google-cloud")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("FR", "FR"),
        ("france", "FR"),
        ("États-Unis", "US"),
        ("EEA", "EEA"),
        ("European Union", "EU"),
        ("Atlantis", None),
    ],
)
def test_states_and_areas_by_code_or_name(
    catalog: Catalog, written: str, code: str | None
) -> None:
    assert catalog.find_state(written) == code


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ("Zendesk, Inc.", "zendesk"),
        ("Zendesk Inc", "zendesk"),
        ("TWILIO INC.", "twilio"),
        ("AWS EMEA SARL", "aws"),
        ("Okta", "okta"),
        (
            "Outscale Inc.",
            None,
        ),  # the company in America, which runs regions of Outscale's there
        ("Microsoft Corporation", None),  # it runs several
        ("Nobody, Inc.", None),
    ],
)
def test_a_company_that_runs_a_provider_is_known_by_its_own_name(
    catalog: Catalog, written: str, provider: str | None
) -> None:
    found = catalog.find_provider(written)
    assert (found.id if found else None) == provider
