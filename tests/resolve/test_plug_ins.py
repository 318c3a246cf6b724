"""Plug-ins where it is easy to name the wrong company or place: the host or a setting decides, or nothing does."""

from __future__ import annotations

import pytest

from tests.resolve.house import place, placement, shown


@pytest.mark.parametrize(
    ("settings", "region"),
    [('region = "EU"', "EU"), ('region = "US"', "US"), ("", "from-environment: region")],
)
def test_new_relics_region_is_a_setting(settings: str, region: str) -> None:
    text = f'provider "newrelic" {{\n  {settings}\n}}\nresource "newrelic_browser_application" "a" {{}}\n'
    found = placement(text, "newrelic_browser_application.a")
    assert place(found) == ("new-relic", region)
    assert shown(found.control) == ("US",)


def test_pagerdutys_service_region_is_a_setting() -> None:
    text = 'provider "pagerduty" {\n  service_region = "eu"\n}\nresource "pagerduty_service" "a" {}\n'
    found = placement(text, "pagerduty_service.a")
    assert place(found) == ("pagerduty", "EU")
    assert (shown(found.country), shown(found.area)) == ("multi-valued: EU", ("EEA", "EU"))


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("https://dbc-1.cloud.databricks.com", "databricks"),
        ("https://adb-1.2.azuredatabricks.net", "microsoft-azure"),
    ],
)
def test_whose_databricks_it_is_says_the_host(host: str, provider: str) -> None:
    text = f'provider "databricks" {{\n  host = "{host}"\n}}\nresource "databricks_cluster" "a" {{}}\n'
    assert place(placement(text, "databricks_cluster.a"))[0] == provider


def test_databricks_without_a_host_is_of_one_of_two_companies_under_the_same_law() -> None:
    found = placement('resource "databricks_cluster" "a" {}\n', "databricks_cluster.a")
    assert shown(found.provider) == {"databricks", "microsoft-azure"}
    assert shown(found.control) == ("US",)


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://mutuelle.grafana.net", "grafana-labs"),
        ("https://grafana.mutuelle.example", "not-in-catalogue: host grafana.mutuelle.example"),
        ("http://grafana.monitoring.svc.cluster.local", "no-evidence: host grafana.monitoring.svc.cluster.local"),
        (None, "no-evidence: region"),
    ],
)
def test_whose_grafana_it_is_says_the_url(url: str | None, provider: str) -> None:
    setting = f'  url = "{url}"\n' if url else ""
    text = f'provider "grafana" {{\n{setting}}}\nresource "grafana_annotation" "a" {{}}\n'
    assert place(placement(text, "grafana_annotation.a"))[0] == provider


def test_whose_elasticsearch_it_is_say_its_endpoints() -> None:
    def text(*hosts: str) -> str:
        listed = ", ".join(f'"https://{host}:9243"' for host in hosts)
        return (
            f'provider "elasticstack" {{\n  elasticsearch {{\n    endpoints = [{listed}]\n  }}\n}}\n'
            'resource "elasticstack_elasticsearch_index" "a" {}\n'
        )

    address = "elasticstack_elasticsearch_index.a"
    assert place(placement(text("x.es.eu-west-3.aws.elastic-cloud.com"), address))[0] == "elastic"
    assert str(place(placement(text("es.example.org"), address))[0]).startswith("not-in-catalogue")
    assert (
        shown(placement('resource "elasticstack_elasticsearch_index" "a" {}\n', address).control)
        == "no-evidence: region"
    )


def test_another_endpoint_of_elastic_cloud_is_not_elastics() -> None:
    text = 'provider "ec" {\n  endpoint = "https://ece.mutuelle.example"\n}\n'
    text += 'resource "ec_deployment" "a" {\n  region = "ece-region"\n}\n'
    assert str(shown(placement(text, "ec_deployment.a").provider)).startswith("not-in-catalogue")


@pytest.mark.parametrize(
    ("where", "region", "country"),
    [
        ('location = "fsn1"', "fsn1", "DE"),
        ('location = "ash"', "ash", "US"),
        ('datacenter = "hel1-dc2"', "hel1", "FI"),
        ("", "no-evidence: region", "no-evidence: region"),
    ],
)
def test_a_german_company_in_virginia(where: str, region: str, country: str) -> None:
    found = placement(f'resource "hcloud_server" "a" {{\n  {where}\n}}\n', "hcloud_server.a")
    assert place(found) == ("hetzner", region)
    assert shown(found.country) == country


def test_a_volume_lies_where_its_server_does() -> None:
    text = 'resource "hcloud_server" "s" {\n  location = "nbg1"\n}\n'
    text += 'resource "hcloud_volume" "v" {\n  server_id = hcloud_server.s.id\n}\n'
    assert place(placement(text, "hcloud_volume.v")) == ("hetzner", "nbg1")


def test_linodes_paris_is_akamais() -> None:
    found = placement('resource "linode_instance" "a" {\n  region = "fr-par"\n}\n', "linode_instance.a")
    assert place(found) == ("akamai-linode", "fr-par")
    assert (shown(found.country), shown(found.control)) == ("FR", ("US",))


def test_who_controls_a_service_of_aiven_is_unknown_whatever_its_cloud() -> None:
    text = 'resource "aiven_pg" "a" {\n  cloud_name = "aws-eu-west-3"\n  service_name = "dossiers"\n}\n'
    found = placement(text, "aiven_pg.a")
    assert shown(found.provider) == "aiven"
    assert not isinstance(shown(found.control), tuple)


def test_a_kafka_topic_lies_where_its_cluster_does() -> None:
    text = (
        'resource "confluent_kafka_cluster" "c" {\n  cloud = "AWS"\n  region = "us-east-1"\n}\n'
        'resource "confluent_kafka_topic" "t" {\n  topic_name = "x"\n'
        "  kafka_cluster {\n    id = confluent_kafka_cluster.c.id\n  }\n}\n"
    )
    assert place(placement(text, "confluent_kafka_topic.t")) == place(placement(text, "confluent_kafka_cluster.c"))


@pytest.mark.parametrize(
    ("resource", "setting", "region", "country"),
    [
        ("confluent_kafka_cluster", 'region = "eu-west-3"', "eu-west-3", "FR"),
        ("confluent_kafka_cluster", 'region = "francecentral"', "francecentral", "FR"),
        ("ec_deployment", 'region = "gcp-europe-west3"', "europe-west3", "DE"),
        ("ec_deployment", 'region = "aws-eu-west-2"', "eu-west-2", "GB"),
        ("aiven_pg", 'cloud_name = "aws-eu-west-3"', "aws-eu-west-3", "FR"),
        (
            "aiven_pg",
            'cloud_name = "upcloud-de-fra"',
            "not-in-catalogue: upcloud-de-fra",
            "not-in-catalogue: upcloud-de-fra",
        ),
    ],
)
def test_regions_of_services_that_run_on_another_cloud(resource: str, setting: str, region: str, country: str) -> None:
    found = placement(f'resource "{resource}" "a" {{\n  {setting}\n}}\n', f"{resource}.a")
    assert (place(found)[1], shown(found.country)) == (region, country)
