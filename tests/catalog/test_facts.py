"""What the catalogue must hold of the facts that were gathered for it: who, where, and what is qualified until when."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.load import Catalog, load


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ("AWS", "aws"),
        ("Azure", "microsoft-azure"),
        ("Microsoft 365 Copilot", "microsoft-365"),
        ("GCP", "google-cloud"),
        ("3DS Outscale", "outscale"),
        ("PREMI3NS", "s3ns"),
        ("Flexible Engine", "orange-business"),
        ("Cloud Avenue", "orange-business"),
        ("Cloudwatt", "cloudwatt"),
        ("Huawei", "huawei-cloud"),
        ("Alibaba", "alibaba-cloud"),
        ("Tencent", "tencent-cloud"),
        ("Hetzner Cloud", "hetzner"),
        ("IONOS Cloud", "ionos"),
        ("Health Data Hub", "health-data-hub"),
        ("Pronote", "index-education"),
        ("ITS Integra", "its-integra"),
        ("GIP Mipih", "mipih"),
        ("Auth0", "okta"),
        ("GHCR", "github"),
    ],
)
def test_people_find_a_provider_by_the_names_they_use(catalog: Catalog, written: str, provider: str) -> None:
    found = catalog.find_provider(written)
    assert found is not None
    assert found.id == provider


@pytest.mark.parametrize(
    ("provider", "status"),
    [
        ("bleu", "in-qualification"),
        ("cloudwatt", "defunct"),
        ("numergy", "defunct"),
        ("health-data-hub", "migrating"),
        ("its-integra", "in-qualification"),
        ("s3ns", "active"),
    ],
)
def test_status(catalog: Catalog, provider: str, status: str) -> None:
    assert catalog.providers[provider].status == status


@pytest.mark.parametrize(
    ("provider", "code", "country"),
    [
        ("aws", "eu-west-2", "GB"),
        ("outscale", "eu-west-2", "FR"),
        ("scaleway", "fr-par", "FR"),
        ("akamai-linode", "fr-par", "FR"),
        ("aws", "cn-north-1", None),
        ("aws-china", "cn-north-1", "CN"),
        ("aws", "eusc-de-east-1", None),
        ("aws-european-sovereign-cloud", "eusc-de-east-1", "DE"),
        ("microsoft-azure", "chinaeast2", None),
        ("azure-china", "chinaeast2", "CN"),
        ("microsoft-azure", "France Central", "FR"),
        ("s3ns", "u-france-east1-b", "FR"),
        ("s3ns", "u-france-east1q", "FR"),
        ("google-cloud", "u-france-east1", None),
        ("ovhcloud", "GRA11", "FR"),
        ("ovhcloud", "US-EAST-VA", None),
        ("ovhcloud-us", "US-EAST-VA", "US"),
        ("oracle-cloud", "eu-frankfurt-2", None),
        ("oracle-eu-sovereign-cloud", "eu-frankfurt-2", "DE"),
        ("huawei-cloud", "eu-west-0", None),
        ("orange-business", "eu-west-0", "FR"),
        ("hetzner", "ash", "US"),
        ("exoscale", "ch-gva-2", "CH"),
        ("upcloud", "us-chi1", "US"),
    ],
)
def test_a_code_means_something_only_together_with_its_provider(
    catalog: Catalog, provider: str, code: str, country: str | None
) -> None:
    found = catalog.find_region(provider, code)
    assert (found and found.country) == country


def test_every_secnumcloud_offer_with_its_days(catalog: Catalog) -> None:
    held = {
        (offer.provider, offer.offer): (offer.version, offer.since, offer.until)
        for scheme in catalog.schemes.values()
        if scheme.name == "secnumcloud"
        for offers in scheme.offers.values()
        for offer in offers
    }
    day = date.fromisoformat
    assert held == {
        ("outscale", "IaaS Cloud on Demand"): ("3.2", day("2023-11-30"), day("2026-11-30")),
        ("ovhcloud", "Hosted Private Cloud powered by VMware"): ("3.2", day("2023-12-28"), day("2026-12-29")),
        ("ovhcloud", "Bare Metal Pod"): ("3.2", day("2025-03-24"), day("2028-03-24")),
        ("ovhcloud", "SNC Cloud Platform"): ("3.2", day("2026-07-31"), day("2029-07-31")),
        ("cloud-temple", "IaaS Secure Temple"): ("3.2", day("2026-07-31"), day("2028-05-30")),
        ("cloud-temple", "PaaS OpenShift"): ("3.2", day("2025-05-30"), day("2028-05-30")),
        ("numspot", "Plateforme des services cloud (IaaS)"): ("3.2", day("2026-07-31"), day("2029-07-31")),
        ("s3ns", "Cloud de confiance S3NS (PREMI3NS)"): ("3.2", day("2025-12-17"), day("2028-12-17")),
        ("orange-business", "Cloud Avenue SecNum"): ("3.2", day("2025-07-11"), day("2028-07-11")),
        ("cegedim-cloud", "CegNumCloud Secured IaaS"): ("3.2", day("2024-12-04"), day("2027-12-04")),
        ("worldline", "Worldline Cloud Services - Secured IaaS"): ("3.2", day("2025-03-24"), day("2028-03-31")),
        ("oodrive", "Oodrive Work, Work_Share and Meet"): ("3.2", None, day("2028-01-25")),
        ("whaller", "Whaller DONJON"): (None, None, None),
        ("wimi", "Cloud Solutions (Wimi)"): (None, None, None),
        ("index-education", "Index Éducation"): (None, None, None),
    }


def test_the_hosts_of_health_data_that_were_found(catalog: Catalog) -> None:
    hosts = set(catalog.schemes["hds"].offers)
    assert hosts == {
        "aws", "google-cloud", "microsoft-azure", "microsoft-365", "outscale", "ovhcloud", "scaleway", "numspot",
        "cegedim-cloud", "cloud-temple", "clever-cloud", "scalingo", "its-integra", "orange-business", "docaposte",
        "oodrive",
    }  # fmt: skip
