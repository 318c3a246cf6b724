"""Which addresses count that only a name, or the host itself, shows to be sent to."""

from __future__ import annotations

from functools import cache

import pytest

from sovlint.catalog.load import Catalog, load
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.resolve.places.counted import counted_sends

HERE = Span("a.yaml", 1, 1, 1, 1)
PARTNER = "https://partenaire-sante.fr"
BUCKET = "https://acme.s3.us-east-1.amazonaws.com"


@cache
def catalog() -> Catalog:
    return load()


def roles(value: str | Value, by: SentBy) -> list[str]:
    address = Known(value) if isinstance(value, str) else value
    sent = Sent(address, HERE, "processor", "X", by=by)
    return [each.role for each in counted_sends((sent,), catalog())]


@pytest.mark.parametrize(
    ("address", "role"),
    [
        (PARTNER, "processor"),
        ("52.1.2.3", "processor"),
        ("//partenaire-sante.fr/x", "processor"),
        ("claims.xn--p1ai", "processor"),
        ("https://d1.cloudfront.net", "edge"),
        ("https://acme.azurefd.net/x", "edge"),
        ("https://claims.trafficmanager.net", "processor"),
        ("https://vpce-1.x.us-east-1.vpce.amazonaws.com", "processor"),
        ("https://api.doctolib.fr", "processor"),
    ],
)
def test_an_address_under_a_name_of_one_counts_though_its_host_alone_shows_nothing(
    address: str, role: str
) -> None:
    for by in (SentBy.ADDRESS, SentBy.CLIENT, SentBy.URL):
        assert roles(address, by) == [role]
    for by in (SentBy.HOST, SentBy.SHOWN):
        assert roles(address, by) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://api.hetzner.cloud/v1",
        "https://ghcr.io",
        "https://kms.us-east-1.amazonaws.com",
    ],
)
def test_no_data_lands_where_things_are_managed_or_fetched(address: str) -> None:
    for by in SentBy:
        if by not in (SentBy.RULE, SentBy.VALUE, SentBy.STEP):
            assert roles(address, by) == []


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("https://api.scaleway.com/transactional-email/v1alpha1/regions/fr-par", "processor"),
        ("https://api.cloudflare.com/client/v4/accounts/1/ai/run/x", "processor"),
        ("https://eu.api.ovh.com/1.0/sms", "processor"),
        ("https://api.infomaniak.com/1/ai/1/openai", "processor"),
        ("https://ssm.us-east-1.amazonaws.com", "processor"),
        ("https://batch.us-east-1.amazonaws.com", "compute"),
    ],
)
def test_an_api_that_manages_a_companys_services_and_takes_data_too_counts(
    address: str, role: str
) -> None:
    assert roles(address, SentBy.ADDRESS) == [role]


def test_one_of_several_hosts_that_takes_data_counts_though_nobody_knows_another() -> None:
    several = Unknown(Reason.UNSET_VARIABLE, "var.x", among=(Known(PARTNER), Known(BUCKET)))
    assert roles(several, SentBy.HOST) == ["at-rest"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.datadoghq.com/x",
        "https://status.discord.com/x",
        "https://github.com/acme/x",
    ],
)
def test_a_page_of_a_company_under_a_name_that_says_nothing_is_only_shown(
    address: str,
) -> None:
    assert roles(address, SentBy.URL) == []
