"""What a person states of the organisation: which law binds it, for which data, and what lifts it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main

BUCKETS = """\
provider "aws" { region = "eu-west-3" }
resource "aws_s3_bucket" "registers" {
  bucket = "registers"
  tags   = { data_class = "health" }
}
resource "aws_s3_bucket" "copies" {
  bucket = "copies"
}
resource "aws_s3_bucket_replication_configuration" "copies" {
  bucket = aws_s3_bucket.registers.id
  role   = "r"
  rule {
    id     = "all"
    status = "Enabled"
    destination { bucket = aws_s3_bucket.copies.arn }
  }
}
resource "aws_s3_bucket" "leaflets" {
  bucket = "leaflets"
}
"""
BOUND = """\
organisation: {kind: state, sren31: true, source: "article 31"}
data: {sren: ["aws_s3_bucket.registers"]}
"""
DEROGATION = """\
attestations:
  - claim: {derogation: sren31}
    subject: {provider: aws}
    evidence: "decision 2026-118"
    owner: secretary general
    issued: 2026-09-01
    expires: 2027-03-31
"""
POLICY = "health-data-on-qualified-service"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_text(BUCKETS)
    return tmp_path


def scan(root: Path, configuration: str, *options: str, form: str = "json") -> Result:
    (root / "sovlint.yaml").write_text(configuration)
    arguments = [
        "scan",
        str(root),
        "--full",
        "--format",
        form,
        "--as-of",
        "2026-11-24",
        *options,
    ]
    return CliRunner().invoke(main, arguments)


def judged(root: Path, configuration: str, *options: str) -> dict[str, tuple[str, str, Any]]:
    """What is said of each address by the one policy: its verdict, severity, and what that rests on."""
    report = json.loads(scan(root, configuration, *options).stdout)
    return {
        each["address"]: (each["verdict"], each["severity"], each["rests_on"])
        for each in report["findings"]
        if each["policy"] == POLICY
    }


LAW = ("violation", "error", ["law"])
DOCTRINE = ("violation", "error", ["doctrine"])
BOUND_BY_IT = (
    "aws_s3_bucket.registers",
    "aws_s3_bucket.copies",
    "aws_s3_bucket_replication_configuration.copies",
)
NOTE = ("violation", "note", ["law"])


@pytest.mark.parametrize("policy_set", ["statutory", "sovereign-health", "strict"])
def test_a_law_follows_data_to_its_copies_under_every_set_and_binds_nothing_else(
    root: Path, policy_set: str
) -> None:
    assert judged(root, BOUND, "--policy-set", policy_set) == dict.fromkeys(BOUND_BY_IT, LAW)


def test_the_kind_of_body_alone_binds_it_to_nothing(root: Path) -> None:
    said = "organisation: {kind: state}\n"
    assert judged(root, said, "--policy-set", "statutory") == {}
    assert judged(root, said)["aws_s3_bucket.registers"] == DOCTRINE


def test_a_derogation_lifts_the_law_and_not_what_the_set_asks(root: Path) -> None:
    derogated = BOUND + DEROGATION
    found = judged(root, derogated, "--policy-set", "statutory")
    assert found == dict.fromkeys(BOUND_BY_IT, NOTE)
    assert judged(root, derogated)["aws_s3_bucket.registers"] == DOCTRINE
    late = judged(root, derogated, "--policy-set", "statutory", "--as-of", "2027-04-01")
    assert late["aws_s3_bucket.registers"] == LAW


def test_a_derogation_names_a_vendor_as_other_attestations_do(root: Path) -> None:
    (root / "saas.yaml").write_text(
        "services:\n"
        "  - {id: quais, vendor: Réseau Optique des Quais S.A.S., data: [health]}\n"
        "  - {id: other, vendor: Réseau Optique, data: [health]}\n"
    )
    bound = BOUND.replace("aws_s3_bucket.registers", "saas:*")
    derogation = DEROGATION.replace("provider: aws", "vendor: reseau optique des quais SAS")
    found = judged(root, bound + derogation, "--policy-set", "statutory")
    assert {address: severity for address, (_, severity, _) in found.items()} == {
        "saas:quais": "note",
        "saas:other": "error",
    }


def test_the_audit_tells_a_derogation_that_is_used_from_one_that_isnt(root: Path) -> None:
    used = json.loads(scan(root, BOUND + DEROGATION, "--policy-set", "statutory").stdout)[
        "attestations"
    ]
    assert [(each["state"], each["kind"], len(each["turned"])) for each in used] == [
        ("used", "derogation", 3)
    ]
    elsewhere = BOUND + DEROGATION.replace("provider: aws", "provider: scaleway")
    other = json.loads(scan(root, elsewhere, "--policy-set", "statutory").stdout)
    assert [each["state"] for each in other["attestations"]] == ["unused"]
    assert judged(root, elsewhere)["aws_s3_bucket.registers"] == LAW


def test_data_of_particular_sensitivity_is_assumed_to_be_health_data_all_the_same(
    root: Path,
) -> None:
    bound = BOUND.replace("registers", "leaflets")
    report = json.loads(scan(root, bound, "--assume", "health").stdout)
    found = {
        (each["address"], each["policy"]): each["rests_on"] for each in report["findings"]
    }
    leaflets = "aws_s3_bucket.leaflets"
    assert found[leaflets, POLICY] == ["law"]
    assert found[leaflets, "health-data-under-eu-control"] == ["doctrine", "risk"]


def test_a_policy_of_ones_own_repeals_no_law(root: Path) -> None:
    own = f"""\
id: {POLICY}
replaces: true
title: {{en: Mine, fr: Le mien}}
severity: note
data: [nir]
roles: [at-rest]
require: {{area: EEA}}
"""
    (root / "own.yaml").write_text(own)
    found = judged(root, f"policies: [own.yaml]\n{BOUND}")
    assert found["aws_s3_bucket.registers"] == LAW


def test_the_rules_of_the_run_and_the_text_say_what_was_stated(root: Path) -> None:
    rules = json.loads(scan(root, BOUND).stdout)["rules"]
    assert [(each["kind"], each["names"]) for each in rules[:2]] == [
        ("organisation", ["kind: state", "sren31: true", "source: article 31"]),
        ("sren-data", ["aws_s3_bucket.registers"]),
    ]
    text = " ".join(scan(root, BOUND, form="text").stdout.split())
    assert f"rests on: {POLICY}: law" in text
    assert "sren31: true" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("organisation: {sren31: true}\n", "source"),
        ("organisation: {kind: ministry}\n", "ministry"),
        (
            "organisation: {sren31: true, source: none}\n",
            "`none` is no source that somebody can look up",
        ),
        ("organisation: {kind: state, source: À venir}\n", "`À venir` is no source"),
        ('data: {sren: ["infra/**"]}\n', "`data.sren` counts only where"),
        (
            'organisation: {sren31: false, source: x}\ndata: {sren: ["infra/**"]}\n',
            "`data.sren` counts only where",
        ),
    ],
)
def test_what_cant_be_meant_is_an_error(root: Path, wrong: str, said: str) -> None:
    result = scan(root, wrong)
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_what_names_nothing_is_said(root: Path) -> None:
    unused = BOUND.replace("registers", "gone")
    said = json.loads(scan(root, unused).stdout)["remarks"]
    assert any(
        "`data.sren` matches no file and no address" in each["message"] for each in said
    )
    alone = 'organisation: {sren31: true, source: "article 31"}\n'
    said = json.loads(scan(root, alone).stdout)["remarks"]
    assert any("nothing is judged by that law" in each["message"] for each in said)
