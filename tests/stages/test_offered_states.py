"""What is offered of a resource that a state's output names: the places that show where it is, the origin last."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.model.offers import OfferKind
from tests.offers_house import looked_at

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "st"\n    key = "net"\n    region = "eu-west-3"\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "claims"\n}\noutput "b" {\n  value = aws_s3_bucket.b.id\n}\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('provider "aws" {\n  region = "eu-west-3"\n}\n', [2, 1]),
        # Two parts lead to it: that they do has no line of its own.
        ('variable "a" {\n  default = "eu-west"\n}\nvariable "b" {\n  default = 3\n}\n'
         'provider "aws" {\n  region = "${var.a}-${var.b}"\n}\n', [8, 2, 5, 7]),
        # Of many, the nearest four.
        ('variable "a" {\n  default = "eu-west-3"\n}\nlocals {\n  b = var.a\n  c = local.b\n  d = local.c\n}\n'
         'provider "aws" {\n  region = local.d\n}\n', [10, 7, 6, 5]),
    ],
)  # fmt: skip
def test_a_place_is_offered_with_the_lines_that_show_it(
    tmp_path: Path, text: str, lines: list[int]
) -> None:
    files = {"net/main.tf": text + BUCKET, "net/other.tf": BACKEND}
    offers = looked_at(tmp_path / "house", files).offers
    (state,) = [each for each in offers if each.kind is OfferKind.STATE]
    assert state.outputs is not None
    thing = state.outputs["b"]["things"]["aws_s3_bucket.b"]
    assert thing["facts"]["region"] == {"value": "eu-west-3"}
    assert [(each["path"], each["line"]) for each in thing["because"]] == [
        ("net/main.tf", line) for line in lines
    ]
