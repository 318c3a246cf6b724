"""Of which kinds services are: looked up, checked, and listed by kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog import shipped
from sovlint.catalog.checks.check import check
from sovlint.catalog.load import Catalog, load
from tests.catalog.house import SOURCES, folder


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def kinds(catalog: Catalog, provider: str, service: str | None) -> list[str]:
    return [kind.id for kind in catalog.kinds_of(provider, service)]


def test_a_service_is_of_its_kind(catalog: Catalog) -> None:
    assert kinds(catalog, "aws", "s3") == ["object-storage"]
    assert kinds(catalog, "outscale", "volume") == ["block-storage"]
    assert kinds(catalog, "google-cloud", "compute") == ["virtual-machines", "block-storage"]


def test_a_cluster_is_one_whoever_runs_it(catalog: Catalog) -> None:
    assert kinds(catalog, "hetzner", "kubernetes") == ["kubernetes"]
    assert kinds(catalog, "scaleway", "kubernetes") == ["kubernetes"]


def test_a_vendor_with_one_sort_of_service_needs_no_list(catalog: Catalog) -> None:
    assert kinds(catalog, "openai", None) == ["ai-inference"]
    assert kinds(catalog, "openai", "anything") == ["ai-inference"]
    assert kinds(catalog, "aws", None) == []
    assert kinds(catalog, "aws", "anything") == []


@pytest.mark.parametrize(
    ("provider", "service", "role"),
    [
        ("aws", "s3", "at-rest"),
        ("aws", "sqs", "processor"),
        ("aws", "elbv2", "edge"),
        ("aws", "lambda", "compute"),
        ("aws", "healthlake", "at-rest"),
        ("aws", "bedrock", "ai"),
        ("aws", "logs", "logs"),
        ("aws", "cognitoidp", "processor"),
        ("aws", "ecr", None),  # images
        ("aws", "kms", None),
        ("aws", "route53", None),
        ("aws", "cloudfront", None),
        ("aws", None, None),  # the domain of a company alone says nothing
        ("sentry", "sentry", "processor"),
        ("sentry", None, None),
        ("okta", "auth0", "processor"),
        ("google-cloud", "compute", "compute"),
        ("github", "github", None),
        ("nobody", "nothing", None),
    ],
)
def test_what_takes_data_by_itself(
    catalog: Catalog, provider: str, service: str | None, role: str | None
) -> None:
    assert catalog.takes(provider, service) == role


def test_a_host_takes_what_its_service_takes_unless_it_says_otherwise(tmp_path: Path) -> None:
    said = """endpoints:
  - {host: "manage.{region}.amazonaws.com", provider: aws, service: s3, takes: nothing, source: known, replaces: true}
  - {host: "in.known.eu", provider: aws, takes: logs, source: known}
"""
    found = load([folder(tmp_path, endpoints=said + SOURCES)], trusted=True)

    def takes(*host: str | None) -> str | None:
        match = found.hosts.match(host)
        assert match is not None
        return match.takes

    assert takes("files.s3.eu-west-1.amazonaws.com") == "at-rest"
    assert takes(None, ".s3.", None, ".amazonaws.com") is None  # any of its services
    assert takes(None, ".s3.eu-west-1.amazonaws.com") == "at-rest"
    assert takes("manage.eu-west-1.amazonaws.com") is None
    assert takes("in.known.eu") == "logs"
    assert takes("iam.amazonaws.com") is None
    assert takes("anything.amazonaws.com") is None


@pytest.mark.parametrize(
    ("host", "role"),
    [
        ("o1.ingest.de.sentry.io", "processor"),
        ("api.sendgrid.com", "processor"),
        ("eu.docusign.net", "processor"),
        ("acme.herokuapp.com", "compute"),
        ("login.microsoftonline.com", "processor"),  # named itself, whatever stands before
        ("app.posthog.com", "processor"),
        ("docs.s3.eu-west-1.amazonaws.com", "at-rest"),  # a bucket
        ("francecentral-1.in.applicationinsights.azure.com", "logs"),
        ("logs-prod-eu-west-0.grafana.net", "logs"),
        ("acme.grafana.net", None),  # people look at it
        ("www.docusign.com", None),
        ("docs.mixpanel.com", None),
        ("cdn.segment.com", None),
        ("js.stripe.com", None),
        ("github.com", None),
        ("acme.atlassian.net", None),
        ("acme.sharepoint.com", None),
        ("ghcr.io", None),
        ("a1.c1.gra9.container-registry.ovh.net", None),
        ("ec2.eu-west-3.amazonaws.com", None),  # manages
        ("acme.netlify.app", None),
    ],
)
def test_which_hosts_are_destinations_under_any_name(
    catalog: Catalog, host: str, role: str | None
) -> None:
    match = catalog.hosts.match((host,))
    assert match is not None
    assert match.takes == role


@pytest.mark.parametrize(
    "host",
    [
        "privatelink.blob.core.windows.net",
        "truststore.pki.rds.amazonaws.com",
        "acme-v02.api.letsencrypt.org",
    ],
)
def test_nothing_lands_at_names_of_zones_and_what_is_given_away(
    catalog: Catalog, host: str
) -> None:
    assert catalog.hosts.not_placement(host)


def test_what_has_no_peer_has_no_kind(catalog: Catalog) -> None:
    assert kinds(catalog, "aws", "route53") == []


def test_services_of_a_kind_are_listed_in_order(catalog: Catalog) -> None:
    found = [
        (provider.id, service) for provider, service in catalog.of_kind("error-tracking")
    ]
    vendors = ["airbrake", "bugsnag", "honeybadger", "raygun", "rollbar", "sentry"]
    assert found == [*((vendor, None) for vendor in vendors), ("sentry", "sentry")]
    stores = [
        (provider.id, service) for provider, service in catalog.of_kind("object-storage")
    ]
    assert stores == sorted(stores)
    assert {("cloud-temple", "object-storage"), ("s3ns", "storage"), ("aws", "s3")} <= set(
        stores
    )


def test_an_overlay_adds_to_what_ships(tmp_path: Path) -> None:
    own = (
        "replaces: true\nservices: {ovhcloud-us: {object-storage: [public-cloud]}, aws: {none: [glacier]}}\n"
        "source: known"
    )
    found = load([folder(tmp_path, services=own + SOURCES)], trusted=True)
    assert kinds(found, "ovhcloud-us", "public-cloud") == ["object-storage"]
    assert kinds(found, "aws", "s3") == ["object-storage"]
    assert kinds(found, "aws", "glacier") == []


@pytest.mark.parametrize(
    ("services", "said"),
    [
        (
            "{aws: {object-store: [s3]}}",
            "`object-store` isn't among kinds. Did you mean `object-storage`?",
        ),
        (
            "{aws: {object-storage: [s33]}}",
            "`s33` is no service of aws: no type, host or offer. Did you mean",
        ),
        ("{amazon: {object-storage: [s3]}}", "`amazon` isn't among providers."),
        ("{aws: {object-storage: []}}", "object-storage"),
        ("{aws: {}}", "aws"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, services: str, said: str) -> None:
    made = folder(tmp_path, services=f"services:\n  {services[1:-1]}\nsource: known{SOURCES}")
    (problem,) = check([made], shipped.index())
    assert said in problem.message
    assert problem.line == 2


def test_services_that_go_by_the_names_of_others_are_of_their_kinds(catalog: Catalog) -> None:
    assert kinds(catalog, "aws-china", "s3") == ["object-storage"]
    assert kinds(catalog, "bleu", "storage") == ["object-storage"]
    assert "bleu" not in {
        provider.id for provider, _ in catalog.of_kind("object-storage")
    }  # which it has isn't known


def test_one_that_goes_by_nobodys_names_is_told(tmp_path: Path) -> None:
    made = folder(
        tmp_path, services=f"like: {{aws: amazon}}\nservices: {{}}\nsource: known{SOURCES}"
    )
    (problem,) = check([made], shipped.index())
    assert problem.message == "`amazon` isn't among providers."


def test_services_have_names_beside_their_ids(catalog: Catalog, tmp_path: Path) -> None:
    assert catalog.service_named("microsoft-azure", "azure openai") == "cognitive-services"
    assert (
        catalog.service_named("aws", "Amazon Bedrock")
        == catalog.service_named("aws", "bedrock")
        == "bedrock"
    )
    assert catalog.service_named("aws", "Azure OpenAI") is None
    own = f"called: {{amazon: {{}}, aws: {{Big Box: no-such}}}}\nservices: {{}}\nsource: known{SOURCES}"
    found = [
        problem.message
        for problem in check([folder(tmp_path, services=own)], shipped.index())
    ]
    assert found[0] == "`amazon` isn't among providers."
    assert found[1].startswith("`no-such` is no service of aws: no type, host or offer.")
