"""What complies on facts of which nobody read a source says so; where sources are required, it is unproven."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.policy.load import known_sets, load
from sovlint.policy.policies import lesser
from tests.scratch import write

READ = "{url: null, date: '2026-11-01', supports: s, basis: read}"
HEARD = "{url: null, date: '2026-11-01', supports: s, basis: background}"
PROVIDER = """
id: {id}
name: {id}
kind: iaas
status: active
operator: {operator}
sources: {{read: {read}, heard: {heard}}}
regions:
  read: {{country: FR, source: read}}
  heard: {{country: FR, source: heard}}
"""
COMPANIES = f"""
sources: {{read: {READ}, heard: {HEARD}}}
entities:
  of-members: {{name: Of Members, seat: FR, source: read, no_majority: {{source: read}}}}
  of-a-family: {{name: Of a Family, seat: FR, source: read, owners: [{{entity: family, majority: true, source: read}}]}}
  family: {{name: The Family, seat: FR, kind: person, source: heard}}
  of-yanks: {{name: Of Yanks, seat: FR, source: read, owners: [{{entity: yanks, majority: true, source: heard}}]}}
  yanks: {{name: Yanks, seat: US, source: heard, no_majority: {{source: heard}}}}
"""
OPERATORS = {"members": "of-members", "kin": "of-a-family", "yanks": "of-yanks"}
PLACES = [(provider, region) for provider in OPERATORS for region in ("read", "heard")]
AREA, CONTROL = "health-data-in-eea", "health-data-under-eu-control"

EXPECTED = {
    ("members/read", AREA): ("compliant", "sourced"),
    ("members/read", CONTROL): ("compliant", "sourced"),
    ("members/heard", AREA): ("compliant", "background"),
    ("members/heard", CONTROL): ("compliant", "background"),  # its soil is hearsay
    ("kin/read", AREA): ("compliant", "sourced"),
    ("kin/read", CONTROL): ("compliant", "background"),  # so is the seat of its owner
    ("kin/heard", AREA): ("compliant", "background"),
    ("kin/heard", CONTROL): ("compliant", "background"),
    ("yanks/read", AREA): ("compliant", "sourced"),
    ("yanks/read", CONTROL): ("violation", "background"),
    ("yanks/heard", AREA): ("compliant", "background"),
    ("yanks/heard", CONTROL): ("violation", "background"),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    services = "\n".join(
        f"  - {{id: {provider}/{region}, vendor: {provider}, region: {region}, data: [health]}}"
        for provider, region in PLACES
    )
    providers = {
        f"own/providers/{name}.yaml": PROVIDER.format(
            id=name, operator=operator, read=READ, heard=HEARD
        )
        for name, operator in OPERATORS.items()
    }
    write(
        tmp_path,
        {
            **providers,
            "own/entities.yaml": COMPANIES,
            "saas.yaml": f"services:\n{services}\n",
            "sovlint.yaml": "catalog: [own]\n",
        },
    )
    (tmp_path / ".git").mkdir()
    return tmp_path


def scan(house: Path, *options: str, form: str = "json", **variables: str) -> str:
    arguments = [
        "scan", str(house), "--format", form, "--as-of", "2026-11-24", "--show", "compliant", "--lang", "en", *options
    ]  # fmt: skip
    return CliRunner().invoke(main, arguments, env=variables).stdout


def found(report: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {
        (each["address"].removeprefix("saas:"), each["policy"]): (
            each["verdict"],
            each["basis"],
        )
        for each in report["findings"]
        if each["policy"] in (AREA, CONTROL)
    }


def test_what_complies_on_unsourced_facts_says_so(house: Path) -> None:
    report = json.loads(scan(house))
    assert found(report) == EXPECTED
    weak = sum(1 for each in EXPECTED.values() if each == ("compliant", "background"))
    assert report["summary"]["compliant_unsourced"] == weak == 6
    remarks = {
        (each["address"], each["policy"]): " ".join(each["remarks"])
        for each in report["findings"]
    }
    assert "the holding or the seat of The Family:" in remarks["saas:kin/read", CONTROL]
    assert "the country of heard:" in remarks["saas:members/heard", AREA]
    text = " ".join(scan(house, "--full", form="text").split())
    assert f"{report['summary']['compliant']} compliant (6 on weak facts)" in text
    assert "inside the European Economic Area, on unsourced facts" in text


@pytest.mark.parametrize("how", ["flag", "variable", "key"])
def test_required_sources_weaken_what_complies_and_nothing_else(
    house: Path, how: str
) -> None:
    if how == "key":
        with (house / "sovlint.yaml").open("a") as file:
            file.write("require_sources: true\n")
    options = ["--require-sources"] if how == "flag" else []
    variables = {"SOVLINT_REQUIRE_SOURCES": "1"} if how == "variable" else {}
    report = json.loads(scan(house, *options, **variables))
    assert found(report) == {
        key: ("unproven", None) if each == ("compliant", "background") else each
        for key, each in EXPECTED.items()
    }
    assert report["summary"]["compliant_unsourced"] == 0
    causes = {(each["address"], each["policy"]): each["cause"] for each in report["findings"]}
    assert causes["saas:members/heard", AREA] == "source:members/place/heard"
    assert causes["saas:kin/read", CONTROL] == "source:kin/owner/The Family"
    message = next(
        each["message"]
        for each in report["findings"]
        if (each["address"], each["policy"]) == ("saas:kin/read", CONTROL)
    )
    assert (
        "by general knowledge alone (no source read for the holding or the seat of The Family)"
        in message
    )


DATED = "owner: dpo, issued: 2026-10-01, expires: 2027-03-01"
ATTESTED = f"""
attestations:
  - {{claim: {{country: FR}}, subject: {{provider: members, region: heard}}, evidence: lease 7, {DATED}}}
  - {{claim: {{control: [FR]}}, subject: {{provider: kin}}, evidence: register, {DATED}}}
  - {{claim: {{country: DE}}, subject: {{provider: kin, region: heard}}, evidence: lease 8, {DATED}}}
"""


def test_somebodys_word_takes_the_place_of_a_source(house: Path) -> None:
    with (house / "sovlint.yaml").open("a") as file:
        file.write(ATTESTED)
    report = json.loads(scan(house, "--require-sources"))
    after = found(report)
    for key in (("members/heard", AREA), ("members/heard", CONTROL), ("kin/read", CONTROL)):
        assert after[key] == ("compliant", "sourced")
    assert after["kin/heard", AREA] == ("unproven", None), "what speaks against it counts not"
    states = {each["claim"]: each["state"] for each in report["attestations"]}
    assert states == {
        "country FR members heard": "used",
        "control FR kin": "used",
        "country DE kin heard": "unused",
    }


def test_no_violation_is_milder_than_what_is_unproven_of_the_same_policy() -> None:
    checked = 0
    for name in known_sets():
        for policy in load((), name).policies:
            assert lesser(policy.severity, policy.unproven) is policy.unproven, policy.id
            checked += 1
    assert checked > 10
