"""The Cloud Sovereignty Framework: what is proved bounds the level of an objective, and only an attestation reaches one.

The table was judged by hand against the calculator that is annexed to the Commission's guidance of 1 June 2026, as two
transcriptions have it: for each placement, the highest level that the answers left to each objective grant.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.commands.parts import settled
from sovlint.lint import lint
from sovlint.model.request import Request
from sovlint.policy.seal.framework import framework
from sovlint.policy.seal.predicate import ceiling
from tests import sharing

DAY = date(2026, 11, 24)

S3 = 'resource "aws_s3_bucket" "{name}" {{\n  provider = aws.{name}\n}}\n'
PLACEMENTS: dict[str, tuple[str, dict[str, int]]] = {
    # Amazon: run from the United States (1.1: 1, 5.6: 2), which compels it anywhere (2.3: 1).
    "aws-paris": ("aws eu-west-3", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),
    "aws-frankfurt": ("aws eu-central-1", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),
    "aws-london": ("aws eu-west-2", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
    "aws-virginia": ("aws us-east-1", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
    "aws-zurich": ("aws eu-central-2", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
    "aws-nowhere": ("aws -", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),  # the place isn't known
    # Google and Microsoft: the same.
    "google-paris": ("google europe-west9", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),
    "google-london": ("google europe-west2", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
    "azure-paris": ("azurerm francecentral", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),
    "azure-london": ("azurerm uksouth", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
    # S3NS: French, on Google's technology (5.6: 2).
    "s3ns-paris": ("s3ns u-france-east1", {"SOV-5": 2}),
    # French companies in the EEA: nothing is proved against them.
    "scaleway-paris": ("scaleway fr-par", {}),
    "scaleway-amsterdam": ("scaleway nl-ams", {}),
    "scaleway-warsaw": ("scaleway pl-waw", {}),
    "scaleway-nowhere": ("scaleway -", {}),
    "outscale-cloudgouv": ("outscale cloudgouv-eu-west-1", {}),
    # Outscale in Japan and the United States: on foreign soil, which compels there.
    # In Ohio an American company of the group runs it, so that not all control is within the EU (1.1: 3).
    "outscale-ohio": ("outscale us-east-2", {"SOV-1": 3, "SOV-2": 1, "SOV-3": 1}),
    "outscale-tokyo": ("outscale ap-northeast-1", {"SOV-2": 1, "SOV-3": 1}),
    # Alibaba: run from China.
    "alibaba-frankfurt": ("alicloud eu-central-1", {"SOV-1": 1, "SOV-2": 1, "SOV-5": 2}),
    "alibaba-beijing": ("alicloud cn-beijing", {"SOV-1": 1, "SOV-2": 1, "SOV-3": 1, "SOV-5": 2}),
}  # fmt: skip
TYPES = {
    "aws": "aws_s3_bucket",
    "google": "google_sql_database_instance",
    "s3ns": "google_sql_database_instance",
    "azurerm": "azurerm_storage_account",
    "scaleway": "scaleway_object_bucket",
    "outscale": "outscale_volume",
    "alicloud": "alicloud_oss_bucket",
}


def _block(name: str, where: str) -> str:
    """A resource of a company in a region; a region that nobody gives is a variable."""
    company, region = where.split()
    plugin = "google" if company == "s3ns" else company
    code = "var.nowhere" if region == "-" else f'"{region}"'
    more = '  universe_domain = "s3nsapis.fr"\n' if company == "s3ns" else ""
    head = f'provider "{plugin}" {{\n  alias = "{name}"\n'
    if plugin == "azurerm":
        return (
            f'{head}  features {{}}\n}}\nresource "{TYPES[company]}" "{name}" {{\n'
            f"  provider = {plugin}.{name}\n  location = {code}\n}}\n"
        )
    return (
        f'{head}  region = {code}\n{more}}}\nresource "{TYPES[company]}" "{name}" {{\n'
        f"  provider = {plugin}.{name}\n}}\n"
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int]]:
    """The ceilings of each placement that has any, by objective."""
    root = tmp_path_factory.mktemp("placements")
    (root / ".git").mkdir()
    blocks = [_block(name, where) for name, (where, _) in PLACEMENTS.items()]
    (root / "main.tf").write_text('variable "nowhere" {}\n' + "".join(blocks))
    report = lint(settled.run(Request(paths=(root,), as_of=DAY, facts_only=True)))
    world = sharing.catalogue().world(DAY)
    told: dict[str, dict[str, int]] = {}
    for each in report.placed:
        (placement,) = each.placements
        bounds = {name: ceiling(name, placement, world) for name in framework().objectives}
        name = each.resource.address.partition(".")[2]
        told[name] = {key: bound.at_most for key, bound in bounds.items() if bound}
    return told


@pytest.mark.parametrize("name", PLACEMENTS)
def test_twenty_placements_by_hand(found: dict[str, dict[str, int]], name: str) -> None:
    assert found[name] == PLACEMENTS[name][1]


def test_there_are_twenty_of_them() -> None:
    assert len(PLACEMENTS) == 20


def test_the_framework_has_its_48_criteria_in_eight_objectives() -> None:
    criteria = [len(each.criteria) for each in framework().objectives.values()]
    assert criteria == [8, 6, 5, 6, 7, 5, 7, 4]
    inert = {
        criterion.id
        for each in framework().objectives.values()
        for criterion in each.criteria
        if criterion.inert
    }
    assert inert == {
        "SOV-1.2", "SOV-1.4", "SOV-1.5", "SOV-1.6", "SOV-1.7", "SOV-2.5", "SOV-5.3", "SOV-7.2", "SOV-8.4",
    }  # fmt: skip
    for rule in framework().rules:
        assert not framework().criterion(rule.criterion).inert


BUCKETS = """\
provider "scaleway" { region = "fr-par" }
resource "scaleway_object_bucket" "a" {
  name = "a"
  tags = { data_class = "health" }
}
provider "aws" { region = "eu-west-3" }
resource "aws_s3_bucket" "b" {
  bucket = "b"
  tags   = { data_class = "health" }
}
"""
ATTESTED = """\
attestations:
  - claim: {seal: SOV-2=3}
    subject: {provider: %s}
    evidence: "assessment of July 2026"
    owner: dpo
    issued: 2026-10-01
    expires: 2027-09-30
"""


def judged(root: Path, configuration: str, *options: str) -> dict[str, Any]:
    (root / ".git").mkdir(exist_ok=True)
    (root / "main.tf").write_text(BUCKETS)
    (root / "sovlint.yaml").write_text(configuration)
    arguments = [
        "scan",
        str(root),
        "--format",
        "json",
        "--as-of",
        str(DAY),
        "--show",
        "compliant",
    ]
    result = CliRunner().invoke(main, [*arguments, *options])
    return {
        each["address"]: (each["verdict"], each["message"].partition("France), ")[2])
        for each in json.loads(result.stdout)["findings"]
        if each["policy"] == "data-at-minimum-seal"
    }


def test_only_an_attestation_reaches_a_level_and_none_lifts_a_bound(tmp_path: Path) -> None:
    asked = ("--min-seal", "SOV-2=3")
    plain = judged(tmp_path, "", *asked)
    assert plain["scaleway_object_bucket.a"][0] == "unproven"
    assert "SOV-2.3 Ways for outside authorities" in plain["scaleway_object_bucket.a"][1]
    assert plain["aws_s3_bucket.b"][1].startswith(
        "SOV-2 (Legal and jurisdictional): at most SEAL-1, where SEAL-3 is asked"
    )
    vouched = judged(tmp_path, ATTESTED % "scaleway", *asked)
    assert vouched["scaleway_object_bucket.a"][0] == "compliant"
    higher = judged(tmp_path, ATTESTED % "scaleway", "--min-seal", "SOV-2=4")
    assert higher["scaleway_object_bucket.a"][0] == "unproven"
    against = judged(tmp_path, ATTESTED % "aws", *asked)
    assert against["aws_s3_bucket.b"][0] == "violation"


def test_all_of_a_service_is_its_lowest_objective(tmp_path: Path) -> None:
    found = judged(tmp_path, ATTESTED % "scaleway", "--min-seal", "all=2")
    assert found["scaleway_object_bucket.a"][0] == "unproven"
    assert found["aws_s3_bucket.b"][0] == "violation"
    lowest = judged(tmp_path, "", "--min-seal", "all=0")
    assert {verdict for verdict, _ in lowest.values()} == {"compliant"}


@pytest.mark.parametrize("wrong", ["SOV-9=1", "SOV-2=5", "SOV-2", "2"])
def test_what_cant_be_asked_is_a_usage_error(tmp_path: Path, wrong: str) -> None:
    result = CliRunner().invoke(main, ["scan", str(tmp_path), "--min-seal", wrong])
    assert result.exit_code == 2
    assert "OBJECTIVE=LEVEL, as in SOV-2=3" in result.output
