"""Schemes that no set that ships asks for (C5, ISO 27001, ...): looked up, and judged where somebody names them alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sovlint.catalog.load import load
from sovlint.cli import main
from tests.exceptions.house import repository

BUCKET = """provider "aws" {
  region = "eu-central-1"
}
resource "aws_s3_bucket" "claims" {
  bucket = "claims"
  tags   = { data = "health" }
}
"""
POLICY = """id: health-data-under-c5
title: {en: Health data under C5, fr: Données de santé sous C5}
data: [health]
roles: [at-rest]
require: {holds: c5}
severity: error
rests_on: [risk]
why: {en: our contract asks for it, fr: notre contrat le demande}
"""
CONFIG = """policy_set: german
policies: [own]
attestations:
  - claim: {qualification: c5}
    subject: {provider: aws, region: eu-central-1}
    evidence: "C5 type 2 report of 2026-09"
    owner: dpo
    issued: 2026-10-01
    expires: 2027-03-31
"""
SET = "id: german\ntitle: {en: German, fr: Allemand}\npolicies: [health-data-under-c5]\n"
DAY = ("--as-of", "2026-11-28")


def told(*arguments: str) -> Any:
    result = CliRunner().invoke(main, [*arguments, "--format", "json", *DAY])
    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout)


def test_what_ships_asks_for_none_of_them() -> None:
    catalog = load()
    named = {name for name, scheme in catalog.schemes.items() if scheme.on_request}
    assert named == {"c5", "iso-27001", "ens", "nen-7510", "acn-qc"}
    assert set(catalog.judged) == {"hds", "secnumcloud"}
    assert set(catalog.asking({"c5"}).judged) == {"hds", "secnumcloud", "c5"}
    assert set(catalog.judged) == {"hds", "secnumcloud"}, "the catalogue is as it was"


def test_nothing_is_said_of_them_in_a_scan_that_doesnt_ask(tmp_path: Path) -> None:
    folder = repository(tmp_path, {"main.tf": BUCKET})
    assert "c5" not in json.dumps(told("facts", str(folder)))
    assert "c5" not in json.dumps(told("scan", str(folder), "--show", "compliant"))


def test_a_policy_that_asks_is_unproven_until_the_report_is_attested(tmp_path: Path) -> None:
    files = {
        "main.tf": BUCKET,
        "own/health-data-under-c5.yaml": POLICY,
        "own/sets/german.yaml": SET,
        "sovlint.yaml": CONFIG.partition("attestations")[0],
    }
    folder = repository(tmp_path, files)
    (found,) = [
        each
        for each in told("scan", str(folder))["findings"]
        if each["policy"] == "health-data-under-c5"
    ]
    assert found["verdict"] == "unproven"
    (folder / "sovlint.yaml").write_text(CONFIG, encoding="utf-8")
    (found,) = [
        each
        for each in told("scan", str(folder), "--show", "compliant")["findings"]
        if each["policy"] == "health-data-under-c5"
    ]
    assert found["verdict"] == "compliant"
