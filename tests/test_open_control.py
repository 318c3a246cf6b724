"""Who controls a company isn't known while an owner or a host isn't, whatever a set accepts or somebody vouches for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

AS_OF = "2026-11-24"
ACCEPTING = """
id: house
title: {en: House, fr: Maison}
policies: [health-data-under-eu-control]
under_eu_control: {accept: [CH]}
"""
ATTESTED = """
attestations:
  - claim: {control: [FR]}
    subject: {addresses: ["*"]}
    evidence: contract 12
    owner: dpo
    issued: 2026-10-01
    expires: 2027-02-01
  - claim: {country: FR}
    subject: {addresses: ["*"]}
    evidence: contract 12
    owner: dpo
    issued: 2026-10-01
    expires: 2027-02-01
"""


def verdicts(folder: Path, *options: str) -> dict[tuple[str, str], str]:
    """The verdict of every policy, by address."""
    run = CliRunner().invoke(
        main,
        [
            "scan",
            str(folder),
            "--format",
            "json",
            "--as-of",
            AS_OF,
            "--show",
            "compliant",
            "--lang",
            "en",
            *options,
        ],
    )
    found = json.loads(run.output[run.output.index("{") :])["findings"]
    return {(each["address"], each["policy"]): each["verdict"] for each in found}


@pytest.mark.parametrize("vendor", ["proton", "safe-swiss-cloud", "exoscale"])
def test_accepting_a_state_says_nothing_of_owners_that_nobody_found(
    tmp_path: Path, vendor: str
) -> None:
    (tmp_path / "saas.yaml").write_text(
        f"services:\n  - {{id: x, vendor: {vendor}, data: [health]}}\n"
    )
    policy = ("saas:x", "health-data-under-eu-control")
    assert verdicts(tmp_path)[policy] == "violation"
    sets = tmp_path / "sets"
    sets.mkdir()
    accepting = ACCEPTING.replace("CH", "CH, MX")
    (sets / "house.yaml").write_text(accepting)
    assert (
        verdicts(tmp_path, "--policy", str(sets), "--policy-set", "house")[policy]
        == "unproven"
    )


def test_nothing_is_proved_of_a_service_that_has_stopped(tmp_path: Path) -> None:
    (tmp_path / "saas.yaml").write_text(
        "services:\n  - {id: x, vendor: cloudwatt, data: [health]}\n"
    )
    assert "compliant" not in verdicts(tmp_path).values()


def test_a_qualification_says_nothing_of_a_host_that_nobody_found(tmp_path: Path) -> None:
    shipped = (
        Path(__file__).parents[1] / "sovlint" / "catalog" / "providers" / "oodrive.yaml"
    ).read_text("utf-8")
    (tmp_path / "saas.yaml").write_text(
        "services:\n  - {id: x, vendor: oodrive, data: [health]}\n"
    )
    policy = ("saas:x", "health-data-under-eu-control")
    assert verdicts(tmp_path)[policy] == "compliant"
    overlay = tmp_path / "own" / "providers"
    overlay.mkdir(parents=True)
    (overlay / "oodrive.yaml").write_text(
        shipped + "\nruns_on: null\nreplaces: true\n", "utf-8"
    )
    assert (
        verdicts(tmp_path, "--trust-overlay", "--catalog", str(overlay.parent))[policy]
        == "unproven"
    )


MAY_BE = """
variable "x" { type = bool }
variable "u" {}
provider "aws" {
  region = "eu-west-3"
  endpoints {
    s3 = ENDPOINT
  }
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
  tags   = { data_class = "health" }
}
"""


@pytest.mark.parametrize(
    "endpoint",
    ['var.x ? "https://s3.fr-par.scw.cloud" : "https://s3.eu-west-3.amazonaws.com"', "var.u"],
)
def test_nobody_vouches_for_a_company_that_is_not_known(
    tmp_path: Path, endpoint: str
) -> None:
    (tmp_path / "main.tf").write_text(MAY_BE.replace("ENDPOINT", endpoint))
    (tmp_path / "sovlint.yaml").write_text(ATTESTED)
    found = verdicts(tmp_path)
    assert found["aws_s3_bucket.b", "health-data-under-eu-control"] == "unproven"
