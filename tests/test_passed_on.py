"""A value keeps what it was read from on every way by which it is passed on as it is, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import repository, scan

INSTANCE = """
provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_rdb_instance" "i" {
  name   = "claims"
  engine = "PostgreSQL-15"
}
output "id" {
  value = scaleway_rdb_instance.i.id
}
output "made" {
  value = "${scaleway_rdb_instance.i.id}-copy"
}
"""
DATABASE = """
provider "scaleway" {}
variable "instance_id" {}
resource "scaleway_rdb_database" "d" {
  instance_id = var.instance_id
  name        = "claims"
}
"""
UNITS = {
    "modules/server/main.tf": INSTANCE,
    "modules/db/main.tf": DATABASE,
    "server/terragrunt.hcl": 'terraform {\n  source = "../modules/server"\n}\n',
}
UNIT = """
terraform {
  source = "../modules/db"
}
dependency "s" {
  config_path = "../server"
}
"""


def region(folder: Path) -> str | None:
    """Where the database is, in what ``scan`` says of it."""
    found = scan(folder, "--assume", "health", "--show", "compliant")["findings"]
    regions = {
        each["placement"]["region"]
        for each in found
        if each["address"] == "scaleway_rdb_database.d"
    }
    assert len(regions) == 1, regions
    return next(iter(regions))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("inputs = { instance_id = dependency.s.outputs.id }", "fr-par"),
        (
            "locals {\n  id = dependency.s.outputs.id\n}\ninputs = { instance_id = local.id }",
            "fr-par",
        ),
        ("inputs = merge({}, { instance_id = dependency.s.outputs.id })", "fr-par"),
        ("inputs = { instance_id = dependency.s.outputs.made }", None),
        ('inputs = { instance_id = "${dependency.s.outputs.id}-copy" }', None),
        ("inputs = { instance_id = upper(dependency.s.outputs.id) }", None),
    ],
)
def test_through_dependencies_and_inputs_of_terragrunt(
    tmp_path: Path, unit: str, expected: str | None
) -> None:
    assert (
        region(repository(tmp_path, {**UNITS, "db/terragrunt.hcl": UNIT + unit + "\n"}))
        == expected
    )


def test_through_outputs_and_arguments_of_modules(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "server" {\n  source = "./server"\n}\n'
        'module "db" {\n  source      = "./db"\n  instance_id = module.server.id\n}\n',
        "server/main.tf": INSTANCE,
        "db/main.tf": DATABASE,
    }
    found = scan(repository(tmp_path, files), "--assume", "health", "--show", "compliant")[
        "findings"
    ]
    assert {
        each["placement"]["region"]
        for each in found
        if each["address"].startswith("module.db")
    } == {"fr-par"}


CHOSEN = """
provider "scaleway" {}
variable "first" {
  %s
}
resource "scaleway_rdb_instance" "i" {
  name   = "claims"
  region = "fr-par"
}
resource "scaleway_rdb_instance" "j" {
  name   = "claims-2"
  region = "nl-ams"
}
resource "scaleway_rdb_database" "d" {
  instance_id = var.first ? scaleway_rdb_instance.i.id : scaleway_rdb_instance.j.id
  name        = "claims"
}
"""


@pytest.mark.parametrize("given", ["file", "option", "default"])
def test_what_only_chooses_the_parent_leaves_it_one(tmp_path: Path, given: str) -> None:
    """The variable that decides which of two is meant is known, so the value is read from that one."""
    files = {"main.tf": CHOSEN % ("default = true" if given == "default" else "")}
    if given == "file":
        files["terraform.tfvars"] = "first = true\n"
    options = ("--var", "first=true") if given == "option" else ()
    found = scan(
        repository(tmp_path, files), "--assume", "health", "--show", "compliant", *options
    )["findings"]
    regions = {
        each["placement"]["region"]
        for each in found
        if each["address"] == "scaleway_rdb_database.d"
    }
    assert regions == {"fr-par"}


def test_a_parent_that_an_unknown_chooses_is_not_made_up(tmp_path: Path) -> None:
    found = scan(
        repository(tmp_path, {"main.tf": CHOSEN % ""}),
        "--assume",
        "health",
        "--show",
        "compliant",
    )["findings"]
    regions = {
        each["placement"]["region"]
        for each in found
        if each["address"] == "scaleway_rdb_database.d"
    }
    assert regions == {None}


REPLICA = """
provider "aws" {
  region = "eu-west-3"
}
variable "target" {}
resource "aws_s3_bucket" "claims" {
  bucket = "claims"
  tags   = { data_class = "health" }
}
resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.claims.id
  role   = "arn:aws:iam::1:role/r"
  rule {
    status = "Enabled"
    destination {
      bucket = var.target
    }
  }
}
"""
ABROAD = """
provider "aws" {
  region = "us-east-1"
}
resource "aws_s3_bucket" "copy" {
  bucket = "copy"
}
output "arn" {
  value = aws_s3_bucket.copy.arn
}
"""


def test_a_copy_in_a_bucket_of_another_unit_is_a_violation(tmp_path: Path) -> None:
    files = {
        "modules/copy/main.tf": ABROAD,
        "modules/claims/main.tf": REPLICA,
        "copy/terragrunt.hcl": 'terraform {\n  source = "../modules/copy"\n}\n',
        "claims/terragrunt.hcl": 'terraform {\n  source = "../modules/claims"\n}\n'
        'dependency "s" {\n  config_path = "../copy"\n}\ninputs = { target = dependency.s.outputs.arn }\n',
    }
    findings = scan(repository(tmp_path, files))["findings"]
    (finding,) = (
        each for each in findings if each["policy"] == "health-data-in-eea" and each["placement"]["country"] == "US"
        and each["address"].endswith(".r")
    )  # fmt: skip
    assert (finding["verdict"], finding["placement"]["region"]) == ("violation", "us-east-1")
