"""An address that is this repository's own record: data goes where that leads by reference, and nowhere else."""

from __future__ import annotations

import pytest

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
