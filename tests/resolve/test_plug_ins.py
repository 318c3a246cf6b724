"""Plug-ins where it is easy to name the wrong company or place: the host or a setting decides, or nothing does."""

from __future__ import annotations

import pytest

from tests.catalog.known import control_of
from tests.resolve.house import place, placement, shown


@pytest.mark.parametrize(
    ("settings", "region"),
    [('region = "EU"', "EU"), ('region = "US"', "US"), ("", "from-environment: region")],
)
def test_new_relics_region_is_a_setting(settings: str, region: str) -> None:
    text = f'provider "newrelic" {{\n  {settings}\n}}\nresource "newrelic_browser_application" "a" {{}}\n'
    found = placement(text, "newrelic_browser_application.a")
    assert place(found) == ("new-relic", region)
    assert shown(found.control) == control_of("new-relic")


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
    assert shown(found.control) == control_of("databricks")


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://mutuelle.grafana.net", "grafana-labs"),
        (
            "https://grafana.mutuelle.example",
            "not-in-catalogue: host grafana.mutuelle.example",
        ),
        (
            "http://grafana.monitoring.svc.cluster.local",
            "no-evidence: host grafana.monitoring.svc.cluster.local",
        ),
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
    assert (
        place(placement(text("x.es.eu-west-3.aws.elastic-cloud.com"), address))[0]
        == "elastic"
    )
    assert str(place(placement(text("es.example.org"), address))[0]).startswith(
        "not-in-catalogue"
    )
    assert (
        shown(
            placement('resource "elasticstack_elasticsearch_index" "a" {}\n', address).control
        )
        == "no-evidence: region"
    )


def test_another_endpoint_of_elastic_cloud_is_not_elastics() -> None:
    text = 'provider "ec" {\n  endpoint = "https://ece.mutuelle.example"\n}\n'
    text += 'resource "ec_deployment" "a" {\n  region = "ece-region"\n}\n'
    assert str(shown(placement(text, "ec_deployment.a").provider)).startswith(
        "not-in-catalogue"
    )


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
    found = placement(
        'resource "linode_instance" "a" {\n  region = "fr-par"\n}\n', "linode_instance.a"
    )
    assert place(found) == ("akamai-linode", "fr-par")
    assert (shown(found.country), shown(found.control)) == ("FR", control_of("akamai-linode"))


@pytest.mark.parametrize(
    ("cloud", "states"),
    [
        ("aws-eu-west-3", ("FI", "US")),
        ("google-europe-west9", ("FI", "US")),
        ("azure-france-central", ("FI", "US")),
        ("do-fra", ("FI", "US")),
        ("upcloud-de-fra", None),  # whoever holds Aiven isn't known
        ("oci-eu-frankfurt-1", None),
    ],
)
def test_the_cloud_below_a_service_of_aiven_controls_it_too(
    cloud: str, states: tuple[str, ...] | None
) -> None:
    text = f'resource "aiven_pg" "a" {{\n  cloud_name = "{cloud}"\n  service_name = "dossiers"\n}}\n'
    found = placement(text, "aiven_pg.a")
    assert shown(found.provider) == "aiven"
    told = shown(found.control)
    assert told == states if states else not isinstance(told, tuple)


def test_a_kafka_topic_lies_where_its_cluster_does() -> None:
    text = (
        'resource "confluent_kafka_cluster" "c" {\n  cloud = "AWS"\n  region = "us-east-1"\n}\n'
        'resource "confluent_kafka_topic" "t" {\n  topic_name = "x"\n'
        "  kafka_cluster {\n    id = confluent_kafka_cluster.c.id\n  }\n}\n"
    )
    assert place(placement(text, "confluent_kafka_topic.t")) == place(
        placement(text, "confluent_kafka_cluster.c")
    )


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
            'cloud_name = "upcloud-de-ber"',
            "not-in-catalogue: upcloud-de-ber",
            "not-in-catalogue: upcloud-de-ber",
        ),
    ],
)
def test_regions_of_services_that_run_on_another_cloud(
    resource: str, setting: str, region: str, country: str
) -> None:
    found = placement(f'resource "{resource}" "a" {{\n  {setting}\n}}\n', f"{resource}.a")
    assert (place(found)[1], shown(found.country)) == (region, country)


OWN = [
    ("vault", "address", "vault_kv_secret_v2"),
    ("consul", "address", "consul_keys"),
    ("nomad", "address", "nomad_job"),
    ("keycloak", "url", "keycloak_user"),
    ("minio", "minio_server", "minio_s3_bucket"),
    ("rabbitmq", "endpoint", "rabbitmq_queue"),
    ("postgresql", "host", "postgresql_database"),
    ("mysql", "endpoint", "mysql_database"),
    ("docker", "host", "docker_container"),
    ("vsphere", "vsphere_server", "vsphere_virtual_machine"),
    ("proxmox", "endpoint", "proxmox_virtual_environment_vm"),
    ("harbor", "url", "harbor_project"),
    ("artifactory", "url", "artifactory_local_docker_v2_repository"),
    ("dynatrace", "dt_env_url", "dynatrace_web_application"),
]


@pytest.mark.parametrize(("plug_in", "setting", "resource"), OWN)
def test_what_one_runs_oneself_is_run_by_whoever_answers_at_its_host(
    plug_in: str, setting: str, resource: str
) -> None:
    def at(host: str | None) -> str:
        block = f'provider "{plug_in}" {{\n  {setting} = "{host}"\n}}\n' if host else ""
        return str(
            shown(
                placement(
                    f'{block}resource "{resource}" "a" {{}}\n', f"{resource}.a"
                ).provider
            )
        )

    assert at("https://db-1.rdb.fr-par.scw.cloud") == "scaleway"
    assert at("10.0.0.4:8200") == "no-evidence: host 10.0.0.4"
    assert at("https://objects.example.org") == "not-in-catalogue: host objects.example.org"
    assert at(None).startswith("no-evidence")


def test_kafka_is_run_by_whoever_answers_at_its_servers() -> None:
    text = 'provider "kafka" {\n  bootstrap_servers = ["kafka-1.aivencloud.com:9092"]\n}\nresource "kafka_topic" "a" {}\n'
    assert shown(placement(text, "kafka_topic.a").provider) == "aiven"


@pytest.mark.parametrize(
    ("plug_in", "setting", "resource"),
    [
        ("rancher2", "api_url", "rancher2_cluster_v2"),
        ("argocd", "server_addr", "argocd_application"),
    ],
)
def test_where_a_tool_is_says_nothing_of_the_clusters_that_it_makes(
    plug_in: str, setting: str, resource: str
) -> None:
    text = f'provider "{plug_in}" {{\n  {setting} = "https://tool.s3.fr-par.scw.cloud"\n}}\n'
    text += f'resource "{resource}" "a" {{}}\n'
    found = placement(text, f"{resource}.a")
    assert (shown(found.role), str(shown(found.provider))) == (
        "compute",
        "no-evidence: region",
    )


@pytest.mark.parametrize(
    ("text", "address", "provider", "region"),
    [
        (
            'resource "mailgun_domain" "a" {\n  region = "eu"\n}\n',
            "mailgun_domain.a",
            "mailgun",
            "EU",
        ),
        ('resource "heroku_app" "a" {\n  region = "eu"\n}\n', "heroku_app.a", "heroku", "eu"),
        ('resource "heroku_app" "a" {\n  region = "us"\n}\n', "heroku_app.a", "heroku", "us"),
        (
            'provider "honeycombio" {\n  api_url = "https://api.eu1.honeycomb.io"\n}\n'
            'resource "honeycombio_dataset" "a" {}\n',
            "honeycombio_dataset.a",
            "honeycomb",
            "EU",
        ),
        (
            'provider "sumologic" {\n  environment = "de"\n}\nresource "sumologic_http_source" "a" {}\n',
            "sumologic_http_source.a",
            "sumo-logic",
            "de",
        ),
        (
            'provider "coralogix" {\n  env = "EUROPE1"\n}\nresource "coralogix_integration" "a" {}\n',
            "coralogix_integration.a",
            "coralogix",
            "EU1",
        ),
        (
            'provider "tfe" {\n  hostname = "tfe.mutuelle.example"\n}\nresource "tfe_workspace" "a" {}\n',
            "tfe_workspace.a",
            "not-in-catalogue: host tfe.mutuelle.example",
            "no-evidence: region",
        ),
        (
            'resource "tfe_workspace" "a" {}\n',
            "tfe_workspace.a",
            "hashicorp",
            "no-evidence: region",
        ),
        (
            'resource "mongodbatlas_cluster" "a" {\n  provider_region_name = "EU_WEST_3"\n}\n',
            "mongodbatlas_cluster.a",
            "mongodb",
            "EU_WEST_3",
        ),
        (
            'resource "grafana_cloud_stack" "a" {\n  region_slug = "eu"\n}\n',
            "grafana_cloud_stack.a",
            "no-evidence",
            "no-evidence: provider",
        ),
        (
            'resource "render_web_service" "a" {\n  region = "frankfurt"\n}\n',
            "render_web_service.a",
            "render",
            "frankfurt",
        ),
        ('resource "vercel_project" "a" {}\n', "vercel_project.a", "vercel", "global"),
        (
            'resource "neon_project" "a" {\n  region_id = "aws-eu-central-1"\n}\n',
            "neon_project.a",
            "neon",
            "aws-eu-central-1",
        ),
    ],
)
def test_sites_and_regions_of_services(
    text: str, address: str, provider: str, region: str
) -> None:
    found = placement(text, address)
    assert place(found)[1] == region
    assert str(place(found)[0]).startswith(provider)


def test_who_controls_imperva_is_of_two_states() -> None:
    found = placement('resource "incapsula_site_v3" "a" {}\n', "incapsula_site_v3.a")
    assert shown(found.control) == control_of("imperva")


def test_who_controls_a_broker_on_somebody_elses_cloud_is_unknown() -> None:
    text = 'resource "cloudamqp_instance" "a" {\n  region = "amazon-web-services::eu-west-3"\n}\n'
    found = placement(text, "cloudamqp_instance.a")
    assert shown(found.provider) == "cloudamqp"
    assert not isinstance(shown(found.control), tuple)


def test_a_drain_goes_to_whoever_answers_there() -> None:
    text = 'resource "clevercloud_drain_http" "a" {\n  url = "https://http-intake.logs.datadoghq.eu/x"\n}\n'
    found = placement(text, "clevercloud_drain_http.a")
    assert (shown(found.role), shown(found.provider)) == ("logs", "datadog")
