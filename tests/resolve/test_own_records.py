"""An address that is this repository's own record: data goes where that leads by reference, and nowhere else."""

from __future__ import annotations

import pytest

from sovlint.resolve.values import value_of
from tests.resolve.cluster_house import placed

HOUSE = """
provider "aws" { region = "eu-west-3" }
resource "aws_route53_zone" "z" { name = "claims.acme-mutual.fr" }
resource "aws_lb" "a" {}
resource "aws_route53_record" "r" {
  zone_id = aws_route53_zone.z.zone_id
  name    = aws_route53_zone.z.name
  type    = "A"
  alias {
    name    = aws_lb.a.dns_name
    zone_id = aws_lb.a.zone_id
  }
}
resource "aws_lambda_function" "f" {
  tags = { data-classification = "health" }
  environment {
    variables = { PARTNER_API_URL = VALUE }
  }
}
"""


def sent(value: str) -> list[str]:
    """Why nobody knows who gets what the function sends, of each address."""
    found, _ = placed({"main.tf": HOUSE.replace("VALUE", value)})
    (function,) = (
        each for each in found.values() if each.resource.type == "aws_lambda_function"
    )
    return [
        getattr(each.provider, "detail", "known") for each in function.placements if each.sent
    ]


@pytest.mark.parametrize(
    "value",
    [
        '"https://claims.acme-mutual.fr/x"',
        '"https://${aws_route53_zone.z.name}"',
        '"https://${aws_route53_record.r.fqdn}"',
        '"https://${aws_route53_record.r.fqdn}:8443/x"',
        "aws_route53_record.r.fqdn",
        "aws_lb.a.dns_name",
    ],
)
def test_what_a_record_leads_to_is_meant(value: str) -> None:
    assert sent(value) == []


@pytest.mark.parametrize(
    "value",
    [
        '"https://partner.org/?back=${aws_route53_record.r.fqdn}"',
        '"https://partner.org/${aws_route53_zone.z.name}"',
    ],
)
def test_a_host_of_somebody_else_is_told(value: str) -> None:
    assert sent(value) == ["host partner.org"]


@pytest.mark.parametrize(
    "value",
    ["aws_route53_record.cache.fqdn", '"cache.claims.acme-mutual.fr"', '"redis://${aws_route53_record.cache.fqdn}"'],
)  # fmt: skip
def test_what_is_only_looked_up_is_judged_of_whoever_sends_there(value: str) -> None:
    """It is reported nowhere itself, so that it can't be the end of a flow: a cache in Virginia that another root made."""
    looked_up = """
provider "aws" {
  alias  = "far"
  region = "us-east-1"
}
data "aws_elasticache_replication_group" "c" {
  provider             = aws.far
  replication_group_id = "claims"
}
resource "aws_route53_record" "cache" {
  zone_id = aws_route53_zone.z.zone_id
  name    = "cache.claims.acme-mutual.fr"
  type    = "CNAME"
  records = [data.aws_elasticache_replication_group.c.primary_endpoint_address]
}
"""
    house = HOUSE.replace("PARTNER_API_URL = VALUE", f"REDIS_URL = {value}")
    found, _ = placed({"main.tf": house + looked_up})
    (function,) = (
        each for each in found.values() if each.resource.type == "aws_lambda_function"
    )
    (sent_to,) = (each for each in function.placements if each.sent)
    assert (value_of(sent_to.provider), value_of(sent_to.region)) == ("aws", "us-east-1")
