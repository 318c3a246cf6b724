"""Entries of published modules: what must hold of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.checks.check import check
from sovlint.catalog.shipped import index
from tests.catalog.house import SOURCES, folder

RIGHT = """
modules:
  acme/shop/aws:
    repository: github.com/acme/terraform-aws-shop
    plugins: {aws: hashicorp/aws}
    ranges:
      - versions: ">= 1.0.0, < 2.0.0"
        source: annual
        makes:
          aws_sqs_queue.this:
            when: [var.create]
            sets: {name: var.name, region: var.region}
        outputs: {url: aws_sqs_queue.this.url}
"""


def problems(at: Path, text: str) -> list[str]:
    parts = {**index(), "signatures": {}, "commands": {}, "formats": {}, "services": {}}
    return [each.message for each in check([folder(at, modules__acme=text + SOURCES)], parts)]


def test_an_entry_that_is_right(tmp_path: Path) -> None:
    assert problems(tmp_path, RIGHT) == []


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("acme/shop/aws:", "acme/shop:", "acme/shop"),
        ("hashicorp/aws", "acme/nothing", "`acme/nothing` isn't among plugins."),
        ('">= 1.0.0, < 2.0.0"', '"newest"', "newest"),
        ("var.name", "local.name", "local.name"),
        (
            "var.name",
            "{merged: [var.name], first: [var.name]}",
            "none of the forms that are allowed",
        ),
        ("aws_sqs_queue.this:", "queue:", "queue"),
        ("aws_sqs_queue", "google_pubsub_topic", "is a type of none of its plug-ins."),
        ("aws_sqs_queue", "aws_vpc", "`aws_vpc` carries no payload: leave it away."),
        (", region: var.region", "", "`region` of aws_sqs_queue decides where it is"),
        ("{url: aws_sqs_queue.this", "{url: aws_sqs_queue.that", "is no attribute of what"),
        (
            "github.com/acme/terraform-aws-shop",
            "github.com/terraform-aws-modules/terraform-aws-sqs",
            "calls of `terraform-aws-modules/sqs/aws` would find this one",
        ),
        ("acme/shop/aws:", "Terraform-AWS-modules/sqs/aws:", "would find this one"),
        ("source: annual", "source: nothing", "no source `nothing` under `sources`."),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, written: str, instead: str, said: str) -> None:
    assert written in RIGHT
    found = problems(tmp_path, RIGHT.replace(written, instead))
    assert any(said in each for each in found), found
