"""A bucket at each of six hosts, judged by the law alone: the same question to all, answered by the same attestation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.catalog.load import load
from sovlint.cli import main

FIXTURE = Path(__file__).parents[2] / "fixtures/terraform/six-hosts"
AREA, HDS = "health-data-in-eea", "health-data-on-certified-host"
PLACES = {
    "scaleway": "fr-par",
    "ovhcloud": "GRA",
    "outscale": "eu-west-2",
    "aws": "eu-west-3",
    "google-cloud": "europe-west9",
    "microsoft-azure": "francecentral",
}
ABROAD = "aws_s3_bucket.abroad"
ATTESTED = "attestations:\n" + "".join(
    f"  - claim: {{qualification: hds}}\n    subject: {{provider: {provider}, region: {region}}}\n"
    "    evidence: HDS contract, annex 2\n    owner: dpo\n    issued: 2026-10-01\n    expires: 2027-06-01\n"
    for provider, region in PLACES.items()
)
DAY = date(2026, 11, 24)


def scan(folder: Path) -> dict[str, Any]:
    options = ["--as-of", DAY.isoformat(), "--format", "json", "--show", "compliant"]
    result = CliRunner().invoke(main, ["scan", str(folder), *options])
    assert result.exit_code == 1, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report without attestations, and with one of each host's contract."""
    folder = tmp_path_factory.mktemp("six") / "hosts"
    shutil.copytree(FIXTURE, folder)
    (folder / ".git").mkdir()
    before = scan(folder)
    with (folder / "sovlint.yaml").open("a") as file:
        file.write(ATTESTED)
    return before, scan(folder)


def of(report: dict[str, Any], policy: str) -> Iterator[dict[str, Any]]:
    """The findings of a policy at the six hosts."""
    return (
        each
        for each in report["findings"]
        if each["policy"] == policy and each["address"] != ABROAD
    )


def test_all_are_asked_for_the_contract_and_for_nothing_else(
    asked: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    before, _ = asked
    assert {each["cause"] for each in of(before, HDS)} == {
        f"hds-contract:{provider}" for provider in PLACES
    }
    assert {(each["verdict"], each["severity"]) for each in of(before, HDS)} == {
        ("unproven", "error")
    }
    assert {(each["verdict"], each["basis"]) for each in of(before, AREA)} == {
        ("compliant", "sourced")
    }


def test_the_same_attestation_answers_all(
    asked: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    _, after = asked
    answers = {
        each["placement"]["provider"]: (each["verdict"], each["basis"])
        for each in of(after, HDS)
    }
    assert answers == dict.fromkeys(PLACES, ("compliant", "sourced"))
    assert {each["state"] for each in after["attestations"]} == {"used"}


def test_nobody_is_led_out_of_the_control_of_the_eea(
    asked: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    catalog = load()
    named = [
        remedy
        for report in asked
        for each in report["findings"]
        for remedy in (*(each["remedies"] or ()), *(each["remedies_if_attested"] or ()))
    ]
    assert named, "the bucket abroad has somewhere to go"
    for remedy in named:
        at = catalog.find_region(remedy["provider"], remedy["region"])
        assert at is not None
        assert "EEA" in at.areas
        states = catalog.control(remedy["provider"], DAY, at.code).states
        assert all("EEA" in catalog.jurisdictions[state].areas for state in states), remedy
