"""Every format on a whole small repository: the same findings as in JSON, and a few judgements made by hand."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.report import REPORTS
from sovlint.report.scan.markdown import COLUMNS
from tests import scratch
from tests.report.readers import commands, kinds, links, sarif_schema
from tests.report.scan.test_gitlab_codequality import SEVERITIES
from tests.report.scan.test_markdown import PARTS, cells


@cache
def output(format: str, language: str = "en") -> str:
    """What ``scan`` prints of the mutual insurer's repository; its exit code doesn't depend on the format."""
    arguments = [
        "scan",
        str(scratch.alone("mutuelle")),
        "--format",
        format,
        "--lang",
        language,
        "--as-of",
        "2026-11-24",
        "--quiet",
        "--full",
    ]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (1, "")
    return result.stdout


@cache
def findings() -> list[Any]:
    return [
        one for one in json.loads(output("json"))["findings"] if one["suppressed"] is None
    ]


def stands(one: Any) -> set[tuple[str, str]]:
    """Where servers may show a finding: where its resource is declared, or where what decides it is written."""
    found = [one, *(each for each in one["because"] if each["path"] == one["path"])]
    return {(each["path"], str(each["line"])) for each in found}


@pytest.mark.parametrize("format", REPORTS)
def test_every_format_tells_of_every_policy_and_file(format: str) -> None:
    """What waits for one thing is told with its first placements alone."""
    text = output(format).replace("\u2060", "")
    alone, together = told()
    named = {one["path"] for one in alone} | {one["policy"] for one in findings()}
    assert together
    assert [name for name in named if name not in text] == []


def told(fewest: int = 1) -> tuple[list[Any], dict[str, list[Any]]]:
    """The findings that are told alone, and those that are told as one for each cause that so many placements wait for;
    what only one resource can say is no cause that others wait for."""
    waiting: dict[str, list[Any]] = {}
    for one in findings():
        if one["verdict"] == "unproven" and not (one["cause"] or "setting:").startswith(
            "setting:"
        ):
            waiting.setdefault(one["cause"], []).append(one)
    together = {
        cause: found for cause, found in waiting.items() if len(placements(found)) >= fewest
    }
    return [one for one in findings() if one["cause"] not in together], together


def placements(found: list[Any]) -> set[str]:
    return {json.dumps([one["root"], one["address"], one["placement"]]) for one in found}


def gravest(found: list[Any]) -> str:
    severities = {one["severity"] for one in found}
    return "error" if "error" in severities else "warning"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sarif(language: str) -> None:
    log = json.loads(output("sarif", language))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    results = log["runs"][0]["results"]
    alone, together = told()
    assert Counter(one["level"] for one in results) == Counter(
        [*(one["severity"] for one in alone), *map(gravest, together.values())]
    )
    assert {
        one["properties"]["cause"]: (
            one["properties"]["findings"],
            one["properties"]["placements"],
        )
        for one in results
        if one["properties"]["cause"] in together
    } == {cause: (len(found), len(placements(found))) for cause, found in together.items()}
    found = {
        (
            one["ruleId"],
            one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        ): one["properties"]
        for one in results
    }
    store = found["health-data-under-eu-control", "google_storage_bucket.entrepot"]
    assert (store["verdict"], store["placement"]["control"]) == ("violation", ["US"])
    vault = found["health-data-in-eea", "aws_backup_vault.secours"]
    assert vault["verdict"] == "unproven"
    assert vault["placement"]["unknown"]["region"] == "unset-variable: var.region_secours"
    assert (
        "health-data-under-eu-control",
        "scaleway_object_bucket.justificatifs",
    ) not in found


def test_github() -> None:
    log = output("github")
    *others, last = commands(log)
    assert len(others) + 1 == len(log.splitlines())
    annotations = [each for each in others if "file" in each.properties]
    assert all(
        each.message.startswith("Rules of this run")
        for each in others
        if each not in annotations
    )
    places = {(each.properties["file"], each.properties["line"]) for each in annotations}
    assert places <= {place for one in findings() for place in stands(one)}
    assert all(places & stands(one) for one in findings())
    assert [each.name for each in annotations] == sorted(each.name for each in annotations)
    assert last.message.startswith(
        f"{sum(one['verdict'] == 'violation' for one in findings())} violations, "
        f"{sum(one['verdict'] == 'unproven' for one in findings())} unproven, "
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markdown(language: str) -> None:
    page = output("markdown", language)
    assert kinds(page) <= PARTS
    assert links(page) == []
    rows = [row for row in cells(page)[1:] if len(row) == len(COLUMNS)]
    alone, together = told(fewest=2)
    assert sorted(row[1] for row in rows) == sorted(one["policy"] for one in alone)
    told_at = {(row[1], *row[2].rsplit(":", 1)) for row in rows}
    assert all(told_at & {(one["policy"], *place) for place in stands(one)} for one in alone)
    assert together, "what waits for one thing is told below, once"
    assert all(
        f" {len(placements(found))} placements " in page for found in together.values()
    )


def test_junit() -> None:
    root = ET.fromstring(output("junit"))
    failed = [case for case in root.iter("testcase") if case.find("failure") is not None]
    alone, together = told()
    severities = Counter(
        [*(one["severity"] for one in alone), *map(gravest, together.values())]
    )
    assert len(failed) == severities["error"]
    judged = [
        case for case in root.iter("testcase") if case.get("classname") != "sovlint.rules"
    ]
    warned = [case for case in judged if case.find("system-out") is not None]
    assert len(warned) == severities["warning"]
    names = {(case.get("classname"), case.get("name")) for case in failed}
    assert (
        "health-data-under-eu-control",
        "google_storage_bucket.entrepot (at rest)",
    ) in names
    passed = {
        (case.get("classname"), case.get("name"))
        for case in root.iter("testcase")
        if len(case) == 0
    }
    assert (
        "health-data-under-eu-control",
        "scaleway_object_bucket.justificatifs (at rest)",
    ) in passed


def test_gitlab() -> None:
    told_all = json.loads(output("gitlab-codequality"))
    assert {one["severity"] for one in told_all} <= SEVERITIES
    issues = [one for one in told_all if one["check_name"] not in ("own-rule", "remark")]
    own = [one["description"] for one in told_all if one["check_name"] == "own-rule"]
    assert own == [each["message"] for each in json.loads(output("json"))["rules"]]
    alone, together = told()
    digests = [
        sha256(json.dumps(["cause", cause]).encode()).hexdigest()[:32] for cause in together
    ]
    assert sorted(one["fingerprint"].partition("-")[0] for one in issues) == sorted(
        [*(one["fingerprint"] for one in alone), *digests]
    )
    report = json.loads(output("gitlab-sast"))
    assert Counter(
        one["identifiers"][0]["value"] for one in report["vulnerabilities"]
    ) == Counter([*(one["policy"] for one in alone), *digests])
    assert (report["scan"]["status"], report["scan"]["start_time"]) == (
        "success",
        "2026-11-24T00:00:00",
    )
