"""What must hold of the world's data as it ships, and how it is read; facts, which change, are in ``facts.yaml``."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.entries import Limits
from sovlint.catalog.load import Catalog, load
from sovlint.model.text import Note
from sovlint.report.messages import say

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def test_technology_of_ovhcloud_differs_by_service(catalog: Catalog) -> None:
    ovhcloud = catalog.technology("ovhcloud", DAY)
    assert ovhcloud.made_by("public-cloud") == ()
    assert ovhcloud.made_by("hosted-private-cloud") == ("US",)
    assert ovhcloud.made_by("enterprise-file-storage") == ("US",)
    assert ovhcloud.made_by(None) is None


def test_secnumcloud_3_2_limits_owners_and_hds_doesnt(catalog: Catalog) -> None:
    limiting = {
        (scheme.name, version.id): version.limits_owners
        for scheme in catalog.schemes.values()
        for version in scheme.versions
        if version.limits_owners
    }
    assert limiting == {("secnumcloud", "3.2"): Limits("EU", 24, 39, "19.6")}


@pytest.mark.parametrize(
    ("provider", "written", "region"),
    [
        ("aws", "arn:aws:backup:eu-west-3:123456789012:backup-vault:copies", "eu-west-3"),
        ("aws", "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/abc", "us-gov-west-1"),
        ("aws", "arn:aws:s3:::documents", None),
        ("aws", "arn:aws:iam::123456789012:role/eu-west-3", None),
        ("aws", "arn:aws-cn:backup:cn-north-1:123456789012:backup-vault:copies", None),
        (
            "aws-china",
            "arn:aws-cn:backup:cn-north-1:123456789012:backup-vault:copies",
            "cn-north-1",
        ),
        (
            "aws-european-sovereign-cloud",
            "arn:aws-eusc:s3:eusc-de-east-1:1:x",
            "eusc-de-east-1",
        ),
        ("google-cloud", "regional-europe-west9", "europe-west9"),
        (
            "google-cloud",
            "projects/documents/instanceConfigs/regional-europe-west9",
            "europe-west9",
        ),
        (
            "google-cloud",
            "projects/documents/locations/europe-west9/keyRings/main",
            "europe-west9",
        ),
        (
            "google-cloud",
            "https://www.googleapis.com/compute/v1/projects/p/zones/europe-west9-a",
            "europe-west9",
        ),
        ("google-cloud", "projects/documents/locations/EU/keyRings/main", "EU"),
        ("google-cloud", "projects/documents/locations/nowhere/keyRings/main", None),
        (
            "s3ns",
            "projects/s3ns:documents/locations/u-france-east1/keyRings/main",
            "u-france-east1",
        ),
        ("alibaba-cloud", "oss-eu-central-1", "eu-central-1"),
        ("alibaba-cloud", "oss-cn-hangzhou-internal", "cn-hangzhou"),
        ("scaleway", "fr-par/11111111-1111-1111-1111-111111111111", "fr-par"),
        ("scaleway", "nl-ams-1/11111111-1111-1111-1111-111111111111", "nl-ams"),
        ("oracle-cloud", "ocid1.bucket.oc1.eu-paris-1.aaaa", "eu-paris-1"),
        ("oracle-cloud", "ocid1.bucket.oc19.eu-frankfurt-2.aaaa", None),
        (
            "oracle-eu-sovereign-cloud",
            "ocid1.bucket.oc19.eu-frankfurt-2.aaaa",
            "eu-frankfurt-2",
        ),
        (
            "ibm-cloud",
            "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/1:2::",
            "eu-de",
        ),
    ],
)
def test_regions_written_inside_another_form(
    catalog: Catalog, provider: str, written: str, region: str | None
) -> None:
    found = catalog.find_region(provider, written)
    assert (found.code if found else None) == region


def test_control_says_how_it_was_derived(catalog: Catalog) -> None:
    steps = catalog.control("aws-european-sovereign-cloud", DAY).steps
    assert [(step.entity, step.through, step.jurisdiction) for step in steps] == [
        ("AWS European Sovereign Cloud GmbH", "seat", "DE"),
        ("Amazon.com, Inc.", "owner", "US"),
    ]
    assert all(step.source.date for step in steps)


def test_every_provider_is_sourced_and_every_region_lies_somewhere(catalog: Catalog) -> None:
    for provider in catalog.providers.values():
        assert provider.sources, provider.id
        for region in provider.regions.values():
            assert region.country is None or region.country in catalog.jurisdictions, (
                provider.id,
                region.code,
            )
            assert set(region.areas) <= set(catalog.areas), (provider.id, region.code)


def test_the_list_of_secnumcloud_names_every_holder_and_the_one_of_hds_doesnt(
    catalog: Catalog,
) -> None:
    secnumcloud, hds = catalog.schemes["secnumcloud"], catalog.schemes["hds"]
    assert (secnumcloud.complete, secnumcloud.read, secnumcloud.years) == (
        True,
        date(2026, 9, 15),
        3,
    )
    assert (hds.complete, hds.years) == (False, 3)
    assert [(version.id, version.since, version.until) for version in hds.versions] == [
        ("v1", None, date(2026, 5, 16)),
        ("v2", date(2024, 11, 16), None),
    ]


def test_hds_takes_a_contract_whoever_the_host_is(catalog: Catalog) -> None:
    assert catalog.schemes["hds"].always_ordered
    for (offer,) in catalog.schemes["hds"].offers.values():
        assert offer.requires is not None, offer.provider
        assert {"HDS", "Healthcare", "health"} & set(
            offer.requires.en.replace(",", "").split()
        ), offer.provider


def test_no_offer_covers_every_service_since_no_such_scope_was_read(catalog: Catalog) -> None:
    for scheme in catalog.schemes.values():
        for offer in (offer for found in scheme.offers.values() for offer in found):
            assert offer.services is None or "*" not in offer.services, offer


def test_only_the_second_version_of_hds_has_data_hosted_in_the_eea(catalog: Catalog) -> None:
    found = {version.id: version.hosting for version in catalog.schemes["hds"].versions}
    assert found["v1"] is None
    assert found["v2"] is not None
    assert (found["v2"].area, found["v2"].clause, found["v2"].source.background) == (
        "EEA",
        "EXI 28",
        False,
    )
    assert not any(version.hosting for version in catalog.schemes["secnumcloud"].versions)


def test_adequacy_is_dated_and_covers_more_or_less(catalog: Catalog) -> None:
    found = {code: state.adequacy for code, state in catalog.jurisdictions.items()}
    kinds = {code: adequacy.kind for code, adequacy in found.items() if adequacy}
    assert (kinds["CH"], kinds["CA"], kinds["US"], kinds.get("IN")) == (
        "general",
        "commercial",
        "certified",
        None,
    )
    brazil = found["BR"]
    assert brazil is not None
    assert "2026/179" in brazil.source.supports
    assert [brazil.in_force(day) for day in (date(2026, 1, 25), date(2026, 1, 26))] == [
        False,
        True,
    ]


def test_only_what_needs_no_certificate_counts_as_adequate_when_judging(
    catalog: Catalog,
) -> None:
    states = catalog.world(DAY).states
    assert (states["CH"].adequate, states["CA"].adequate, states["US"].adequate) == (
        True,
        True,
        False,
    )
    assert not catalog.world(date(2025, 12, 1)).states["BR"].adequate


def test_only_laws_that_compel_and_count_on_the_day_are_named_when_judging(
    catalog: Catalog,
) -> None:
    def named(code: str, day: date) -> list[str]:
        laws = catalog.world(day).states[code].laws
        return [say(law, "en") if isinstance(law, Note) else law.en for law in laws]

    assert named("US", DAY) == [
        "CLOUD Act (18 USC 2713)",
        "FISA section 702, which lapsed on 2026-06-12 and goes on under what was begun",
    ]
    assert named("US", date(2026, 1, 1)) == ["CLOUD Act (18 USC 2713)", "FISA section 702"]
    assert named("US", date(2027, 4, 1)) == ["CLOUD Act (18 USC 2713)"]
    assert len(named("CN", DAY)) == 1


@pytest.mark.parametrize(
    ("provider", "region", "is_spread"),
    [
        ("google-cloud", "EU", True),
        ("google-cloud", "US", True),
        ("google-cloud", "nam4", True),
        ("google-cloud", "global", True),
        ("google-cloud", "us-central1", False),
        ("microsoft-azure", "france", True),
        ("microsoft-azure", "francecentral", False),
        ("ibm-cloud", "us", True),
        ("scaleway", "fr-par", False),
        ("scaleway", "no-such-region", False),
        ("no-such-company", "fr-par", False),
    ],
)
def test_multi_regions_and_geographies_may_include_other_regions(
    catalog: Catalog, provider: str, region: str, is_spread: bool
) -> None:
    assert catalog.offering.is_spread(provider, region) is is_spread
