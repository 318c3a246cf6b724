"""The world's data, asserted by hand: who controls whom, what is technology, what is held, from when to when."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.entries import Offer
from sovlint.catalog.load import Catalog, load


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.mark.parametrize(
    ("provider", "control", "technology"),
    [
        ("aws", ("US",), ("US",)),
        ("aws-european-sovereign-cloud", ("DE", "US"), ("US",)),
        ("aws-china", ("CN",), ("US",)),
        ("microsoft-azure", ("US",), ("US",)),
        ("azure-china", ("CN",), ("US",)),
        ("microsoft-365", ("US",), ("US",)),
        ("google-cloud", ("US",), ("US",)),
        ("s3ns", ("FR",), ("US",)),
        ("bleu", ("FR",), ("US",)),
        ("ovhcloud", ("FR",), ()),
        ("ovhcloud-us", ("FR", "US"), ()),
        ("outscale", ("FR",), ()),
        ("numspot", ("FR",), ()),
        ("scaleway", ("FR",), ()),
        ("cloud-temple", ("FR",), ("US",)),
        ("scalingo", ("FR",), ()),
        ("hetzner", ("DE",), ()),
        ("exoscale", ("AT", "CH", "MX"), ()),
        ("oracle-eu-sovereign-cloud", ("EU", "US"), ("US",)),
        ("alibaba-cloud", ("CN",), ("CN",)),
        ("hashicorp", ("US",), ("US",)),
        ("slack", ("US",), ("US",)),
        ("zendesk", ("GB", "US"), ("US",)),
        ("atlassian", ("AU", "US"), ("US",)),
        ("doctolib", ("FR", "US"), ()),
        ("viamedis", ("FR",), ()),
        ("almerys", ("FR",), ()),
        ("mistral-ai", ("FR",), ()),
    ],
)
def test_control_and_technology(
    catalog: Catalog, provider: str, control: tuple[str, ...], technology: tuple[str, ...]
) -> None:
    got = catalog.providers[provider]
    assert (got.control, got.technology) == (control, technology)


def test_what_rests_on_background_knowledge_is_marked(catalog: Catalog) -> None:
    background = {provider.id for provider in catalog.providers.values() if provider.control_background}
    assert background >= {"alibaba-cloud", "docker-hub", "ovhcloud-us", "slack", "gitlab", "notion", "gandi"}
    assert not background & {
        "aws", "aws-european-sovereign-cloud", "microsoft-azure", "microsoft-365", "google-cloud", "ovhcloud",
        "outscale", "scaleway", "numspot", "cloud-temple", "s3ns", "bleu", "datadog", "cloudflare", "zendesk",
        "salesforce", "hashicorp", "github", "sentry", "twilio", "sendgrid", "openai", "okta", "mongodb",
    }  # fmt: skip


def test_control_says_how_it_was_derived(catalog: Catalog) -> None:
    steps = catalog.providers["aws-european-sovereign-cloud"].control_derived
    assert [(step.entity, step.through, step.jurisdiction) for step in steps] == [
        ("AWS European Sovereign Cloud GmbH", "seat", "DE"),
        ("Amazon.com, Inc.", "owner", "US"),
    ]
    assert all(step.source.date for step in steps)


def test_every_provider_is_sourced_and_every_region_lies_somewhere(catalog: Catalog) -> None:
    for provider in catalog.providers.values():
        assert provider.sources, provider.id
        for region in provider.regions.values():
            assert region.country is None or region.country in catalog.jurisdictions, (provider.id, region.code)
            assert set(region.areas) <= set(catalog.areas), (provider.id, region.code)


def offers(catalog: Catalog, scheme: str, provider: str) -> tuple[Offer, ...]:
    return catalog.schemes[scheme].offers.get(provider, ())


def test_outscales_qualification_ends_on_30_november_2026_and_covers_one_region(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "outscale")
    assert (offer.version, offer.since, offer.until) == ("3.2", date(2023, 11, 30), date(2026, 11, 30))
    assert offer.regions == ("cloudgouv-eu-west-1",)
    assert {"vm", "volume", "snapshot"} <= set(offer.services)
    assert "object-storage" not in offer.services
    assert not offer.services_complete


def test_no_qualified_offer_of_ovhcloud_covers_the_public_cloud(catalog: Catalog) -> None:
    found = offers(catalog, "secnumcloud", "ovhcloud")
    assert [offer.offer for offer in found] == [
        "Hosted Private Cloud powered by VMware", "Bare Metal Pod", "SNC Cloud Platform",
    ]  # fmt: skip
    for offer in found:
        assert "public-cloud" in offer.excluded
        assert offer.indistinct
        assert offer.services_complete


def test_s3ns_holds_secnumcloud_without_vertex_ai(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "s3ns")
    assert (offer.since, offer.until, offer.regions) == (date(2025, 12, 17), date(2028, 12, 17), ("u-france-east1",))
    assert "storage" in offer.services
    assert "vertex-ai" in offer.excluded


def test_numspots_managed_services_are_out(catalog: Catalog) -> None:
    (offer,) = offers(catalog, "secnumcloud", "numspot")
    assert (offer.since, offer.until) == (date(2026, 7, 31), date(2029, 7, 31))
    assert "kubernetes" in offer.excluded


@pytest.mark.parametrize("provider", ["aws", "microsoft-azure", "google-cloud", "bleu", "scaleway", "scalingo"])
def test_who_doesnt_hold_secnumcloud(catalog: Catalog, provider: str) -> None:
    assert offers(catalog, "secnumcloud", provider) == ()


def test_the_list_of_secnumcloud_names_every_holder_and_the_one_of_hds_doesnt(catalog: Catalog) -> None:
    secnumcloud, hds = catalog.schemes["secnumcloud"], catalog.schemes["hds"]
    assert (secnumcloud.complete, secnumcloud.read, secnumcloud.years) == (True, date(2026, 9, 15), 3)
    assert (hds.complete, hds.years) == (False, 3)
    assert [(version.id, version.since, version.until) for version in hds.versions] == [
        ("v1", None, date(2026, 5, 16)),
        ("v2", date(2024, 11, 16), None),
    ]


def test_hds_of_aws_and_google_can_be_assumed_in_the_eea(catalog: Catalog) -> None:
    (aws,), (google,) = offers(catalog, "hds", "aws"), offers(catalog, "hds", "google-cloud")
    assert (aws.version, aws.since, aws.until, aws.area, aws.assumable) == ("v2", date(2026, 4, 21), None, "EEA", True)
    assert (google.version, google.area, google.assumable) == ("v2", "EEA", True)
    others = [offer for found in catalog.schemes["hds"].offers.values() for offer in found if offer.assumable]
    assert {offer.provider for offer in others} == {"aws", "google-cloud"}


def test_hds_of_french_hosts_needs_a_contract_or_an_annex(catalog: Catalog) -> None:
    (outscale,), (ovh,), (scaleway,) = (offers(catalog, "hds", name) for name in ("outscale", "ovhcloud", "scaleway"))
    assert (outscale.until, outscale.regions) == (date(2029, 8, 27), None)
    assert ovh.requires is not None
    assert scaleway.requires is not None
    assert scaleway.regions == ("fr-par",)


def test_adequacy_is_there_for_switzerland_and_not_for_the_united_states(catalog: Catalog) -> None:
    assert catalog.jurisdictions["CH"].adequacy is not None
    assert catalog.jurisdictions["US"].adequacy is None
    assert catalog.jurisdictions["BR"].adequacy is None


def test_fisa_702_lapsed_and_goes_on_and_the_cloud_act_is_in_force(catalog: Catalog) -> None:
    laws = {law.name.en: law.status.en for law in catalog.jurisdictions["US"].laws}
    assert laws["CLOUD Act (18 USC 2713)"] == "in force"
    assert "lapsed on 2026-06-12" in laws["FISA section 702"]
