"""Data sent to an address of the repository's own: it goes where that resource is; text made from it goes elsewhere."""

from __future__ import annotations

import pytest

from sovlint.model.placement import Placed
from tests.resolve.house import classes, place, placement, resolved, shown

PARIS = 'provider "aws" {\n region = "eu-west-3"\n}\n'
BALANCER = 'resource "aws_lb" "own" {}\n'
HOOK = "aws_sns_topic_subscription.hook"


def hook(endpoint: str, more: str = "") -> tuple[object, object]:
    """Where a topic of health data sends to, whose subscription has this endpoint."""
    text = f'resource "aws_sns_topic_subscription" "hook" {{\n protocol = "https"\n endpoint = {endpoint}\n}}\n'
    placements = resolved(PARIS + BALANCER + text + more)[0][HOOK].placements
    return place(next(each for each in placements if shown(each.role) == "processor"))


OWN = ("aws", "eu-west-3")


@pytest.mark.parametrize(
    "endpoint",
    [
        "aws_lb.own.dns_name",
        '"https://${aws_lb.own.dns_name}/hook?to=${var.path}"',
        '"https://${var.user}:${var.path}@${aws_lb.own.dns_name}:8443"',
        "lower(aws_lb.own.dns_name)",
        'trimsuffix("https://${aws_lb.own.dns_name}/", "/")',
        "local.endpoint",
    ],
)
def test_an_own_address_is_where_its_resource_is(endpoint: str) -> None:
    more = 'variable "user" {}\nvariable "path" {}\nlocals {\n endpoint = "http://${aws_lb.own.dns_name}"\n}\n'
    assert hook(endpoint, more) == OWN


@pytest.mark.parametrize(
    "endpoint",
    [
        '"https://${aws_lb.own.dns_name}.example.com/"',
        '"https://eu-${aws_lb.own.dns_name}/"',
        '"https://${aws_lb.own.dns_name}${var.rest}/"',
        '"https://${var.rest}/${aws_lb.own.dns_name}"',
        '"https://hooks.example.com/?for=${aws_lb.own.dns_name}"',
        'replace(aws_lb.own.dns_name, "own", "other")',
        "aws_lb.own.zone_id",
        "aws_route53_record.alias.fqdn",
        "var.there ? aws_lb.own.dns_name : var.rest",
        "data.aws_lb.other.dns_name",
    ],
)
def test_text_made_from_an_own_address_is_not_it(endpoint: str) -> None:
    more = 'variable "rest" {}\nvariable "there" {}\nresource "aws_route53_record" "alias" {}\ndata "aws_lb" "other" {}\n'
    found = hook(endpoint, more)
    assert found[0] != "aws"
    assert found[1] != "eu-west-3"


def test_its_own_provider_decides_not_that_of_the_sender() -> None:
    more = 'provider "aws" {\n alias = "far"\n region = "us-east-1"\n}\n'
    more += 'resource "aws_lb" "far" {\n provider = aws.far\n}\n'
    assert hook("aws_lb.far.dns_name", more) == ("aws", "us-east-1")


def test_an_own_address_in_another_cloud() -> None:
    more = 'resource "scaleway_container" "api" {\n region = "fr-par"\n}\n'
    assert hook('"https://${scaleway_container.api.domain_name}/"', more) == (
        "scaleway",
        "fr-par",
    )


def test_an_address_inside_a_list() -> None:
    more = 'resource "google_cloud_run_service" "api" {\n location = "europe-west9"\n}\n'
    assert hook("google_cloud_run_service.api.status[0].url", more) == (
        "google-cloud",
        "europe-west9",
    )
    assert hook("google_cloud_run_service.api.status.0.url", more) == (
        "google-cloud",
        "europe-west9",
    )
    assert (
        hook("google_cloud_run_service.api.status[0].conditions", more)[0] != "google-cloud"
    )


def test_an_instance_among_several() -> None:
    more = 'resource "scaleway_container" "api" {\n for_each = toset(["fr-par", "nl-ams"])\n region = each.key\n}\n'
    assert hook('scaleway_container.api["nl-ams"].public_endpoint', more) == (
        "scaleway",
        "nl-ams",
    )


def test_through_the_output_of_a_module_and_from_nowhere_known() -> None:
    text = 'provider "aws" {}\nresource "aws_lb" "own" {}\n'
    text += 'resource "aws_sns_topic_subscription" "hook" {\n protocol = "https"\n endpoint = aws_lb.own.dns_name\n}\n'
    placements = resolved(text)[0][HOOK].placements
    assert place(placements[-1]) == ("aws", "from-environment: region")


FIREHOSE = """
resource "aws_kinesis_firehose_delivery_stream" "acts" {
  destination = "http_endpoint"
  tags = { data-classification = "health" }
  http_endpoint_configuration {
    url = "https://${aws_opensearch_domain.own.endpoint}/_bulk"
  }
}
resource "aws_opensearch_domain" "own" {}
"""


def test_data_flows_to_what_answers() -> None:
    placed, flows = resolved(PARIS + FIREHOSE)
    ends = [
        (flow.kind, flow.source.address, flow.target.address) for flow in flows if flow.target
    ]
    assert ends == [
        ("export", "aws_kinesis_firehose_delivery_stream.acts", "aws_opensearch_domain.own")
    ]
    assert classes(placed["aws_opensearch_domain.own"]) == {"health": "propagated"}


def test_what_answers_has_its_own_service() -> None:
    processor: Placed = resolved(PARIS + FIREHOSE)[0][
        "aws_kinesis_firehose_delivery_stream.acts"
    ]
    assert [shown(each.service) for each in processor.placements] == [
        "firehose",
        "opensearch",
    ]


def test_a_migration_to_an_own_database_is_told_once() -> None:
    text = """
    resource "aws_dms_endpoint" "target" {
      engine_name = "mongodb"
      server_name = aws_docdb_cluster.own.endpoint
    }
    resource "aws_docdb_cluster" "own" {}
    """
    placed, flows = resolved(PARIS + text)
    assert [place(each) for each in placed["aws_dms_endpoint.target"].placements] == [
        OWN,
        OWN,
    ]
    assert {flow.kind for flow in flows} == {"replication"}


def test_what_runs_in_an_own_cluster_is_where_the_cluster_is() -> None:
    text = """
    resource "scaleway_k8s_cluster" "own" {
      region = "fr-par"
    }
    provider "kubernetes" {
      host = scaleway_k8s_cluster.own.kubeconfig[0].host
    }
    resource "kubernetes_deployment" "claims" {}
    """
    assert place(placement(text, "kubernetes_deployment.claims")) == ("scaleway", "fr-par")


BUCKET = 'resource "aws_s3_bucket" "own" {\n bucket = "acts"\n}\n'


def test_an_arn_still_leads_to_its_resource() -> None:
    text = BUCKET + 'resource "aws_s3_bucket" "from" {\n provider = aws.far\n}\n'
    text += 'provider "aws" {\n alias = "far"\n region = "eu-central-1"\n}\n'
    text += (
        'resource "aws_s3_bucket_replication_configuration" "copy" {\n provider = aws.far\n'
        " bucket = aws_s3_bucket.from.id\n rule {\n destination {\n bucket = aws_s3_bucket.own.arn\n }\n }\n}\n"
    )
    assert (
        place(placement(PARIS + text, "aws_s3_bucket_replication_configuration.copy")) == OWN
    )
    cut = text.replace("aws_s3_bucket.own.arn", '"${aws_s3_bucket.own.arn}x"')
    assert (
        place(placement(PARIS + cut, "aws_s3_bucket_replication_configuration.copy"))[1]
        != "eu-west-3"
    )


def test_a_cdn_carries_what_its_origin_does() -> None:
    text = 'resource "aws_s3_bucket" "own" {\n bucket = "acts"\n tags = {\n data-classification = "health"\n }\n}\n'
    text += (
        'resource "aws_cloudfront_distribution" "cdn" {\n origin {\n'
        " domain_name = aws_s3_bucket.own.bucket_regional_domain_name\n }\n}\n"
    )
    placed, flows = resolved(PARIS + text)
    assert [(flow.kind, flow.source.address) for flow in flows] == [
        ("export", "aws_s3_bucket.own")
    ]
    assert classes(placed["aws_cloudfront_distribution.cdn"]) == {"health": "propagated"}
