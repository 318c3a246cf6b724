"""The whole pipeline, from paths to a report: what is counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sovlint.lint import lint
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
from sovlint.stages.run import Run

TAGGED = """
variable "extra" {}
variable "tags" {}
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "known" {
  tags = { data-classification = "health" }
}
resource "aws_s3_bucket" "partly" {
  tags = merge({ data-classification = "health" }, var.extra)
}
resource "aws_s3_bucket" "unread" {
  tags = var.tags
}
resource "aws_s3_bucket" "none" {}
"""


def report(folder: Path, text: str) -> Report:
    (folder / "main.tf").write_text(text)
    return lint(Run(Request(paths=(folder,), as_of=date(2026, 11, 24))))


def test_a_class_that_is_not_known_is_told_apart_from_none_and_from_one_that_may_not_be_the_only_one(
    tmp_path: Path,
) -> None:
    coverage = report(tmp_path, TAGGED).coverage
    assert (coverage.resources, coverage.classified, coverage.class_unknown) == (4, 2, 1)


def test_all_resources_are_placed_config_or_unplaced(tmp_path: Path) -> None:
    text = TAGGED + (
        'resource "aws_security_group" "g" {}\nresource "unheard_of" "u" {}\nresource "aws_unheard_of" "a" {}\n'
        'resource "aws_s3_bucket" "elsewhere" {\n  provider = aws.other\n}\n'
        'provider "aws" {\n  alias  = "other"\n  region = "eu-west-3"\n'
        '  endpoints {\n    s3 = "https://objects.example.org"\n  }\n}\n'
    )
    found = report(tmp_path, text)
    coverage = found.coverage
    assert (coverage.resources, coverage.placed, coverage.config, coverage.unplaced) == (
        8,
        4,
        1,
        3,
    )
    unplaced = {
        each.resource.address
        for each in found.placed
        if not (each.is_placed or each.is_config)
    }
    assert unplaced == {"unheard_of.u", "aws_unheard_of.a", "aws_s3_bucket.elsewhere"}
