"""What is sent to a thing of this repository by its name is a flow to it; what only comes from such a thing isn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import Json, repository, scan

MAIN = """
provider "aws" {
  region = "eu-west-3"
}
resource "aws_s3_bucket" "s" {
  bucket = "claims"
}
resource "aws_dynamodb_table" "t" {
  name = "claims"
}
resource "aws_secretsmanager_secret_version" "k" {
  secret_id     = "ses"
  secret_string = "x"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "r"
  tags          = { data_class = "health" }
  environment {
    variables = { %s }
  }
}
"""


def sent(folder: Path, variables: str) -> set[tuple[str, str | None, str | None]]:
    """Role, provider and region of what the function sends elsewhere than where it runs."""
    found: list[Json] = scan(
        repository(folder, {"main.tf": MAIN % variables}), "--show", "compliant"
    )["findings"]
    own = [
        each
        for each in found
        if each["address"] == "aws_lambda_function.f" and each["role"] != "compute"
    ]
    return {
        (each["role"], each["placement"]["provider"], each["placement"]["region"])
        for each in own
    }


@pytest.mark.parametrize(
    "variables",
    [
        "DYNAMODB_TABLE = aws_dynamodb_table.t.name",
        'DYNAMODB_TABLE = aws_dynamodb_table.t.name, DYNAMODB_REGION = "eu-west-3"',
    ],
)
def test_a_table_that_is_named_as_a_whole_gets_it_itself(
    tmp_path: Path, variables: str
) -> None:
    assert sent(tmp_path, variables) == set()


def test_a_table_of_that_name_in_another_region_is_another_one(tmp_path: Path) -> None:
    variables = 'DYNAMODB_TABLE = aws_dynamodb_table.t.name, DYNAMODB_REGION = "us-east-1"'
    assert sent(tmp_path, variables) == {("at-rest", "aws", "us-east-1")}


def test_a_name_made_of_a_name_is_another_things(tmp_path: Path) -> None:
    variables = (
        'DYNAMODB_TABLE = "${aws_dynamodb_table.t.name}-copy", DYNAMODB_REGION = "us-east-1"'
    )
    assert sent(tmp_path, variables) == {("at-rest", "aws", "us-east-1")}
    variables = 'S3_BUCKET = "${aws_s3_bucket.s.bucket}-copy", AWS_REGION = "us-west-2"'
    assert {region for _, _, region in sent(tmp_path, variables)} == {None}


def test_a_bucket_that_is_named_gets_it_whoever_the_setting_is_for(tmp_path: Path) -> None:
    for name in ("bucket", "id", "arn"):
        assert sent(tmp_path, f"UPLOAD_BUCKET = aws_s3_bucket.s.{name}") == set()
    assert sent(tmp_path, 'UPLOAD_BUCKET = "${aws_s3_bucket.s.bucket}-copy"') == {
        ("at-rest", None, None)
    }
    assert sent(tmp_path, 'S3_BUCKET = "${aws_s3_bucket.s.bucket}-copy"') == {
        ("at-rest", None, None)
    }


def test_a_store_that_keeps_the_key_gets_nothing(tmp_path: Path) -> None:
    key = "aws_secretsmanager_secret_version.k.secret_string"
    variables = f'SES_ACCESS_KEY_ID = {key}, AWS_SES_REGION_NAME = "us-east-1"'
    assert sent(tmp_path, variables) == {("processor", "aws", "us-east-1")}
