"""GitLab's security report: what its schema 15.0.7 demands, written out by hand."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.model.findings.finding import Report, Severity
from sovlint.model.text import Bilingual
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import (
    CLOUD_ACT,
    POLICIES,
    database_findings,
    everything,
    finding,
    report,
    resource,
    said,
)
from tests.report.excused import excused, violation
from tests.report.readers import links, words

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
DETAILS = {"text": "value", "list": "items", "file-location": "file_name"}


def text(value: Any, longest: int = 1_048_576) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= longest


def identifies(found: Any) -> bool:
    url = found.get("url", "https://")
    return all(text(found[key]) for key in ("type", "name", "value")) and url.startswith(
        "https://"
    )


def security(of: Report, language: str = "en") -> Any:
    """The report, once what the schema asks of it is checked."""
    data = json.loads(REPORTS["gitlab-sast"](of, language, Style(False, 80)))
    assert data["version"] == "15.0.7"
    scan = data["scan"]
    assert scan["type"] == "sast"
    assert scan["status"] in ("success", "failure")
    assert all(TIME.fullmatch(scan[key]) for key in ("start_time", "end_time"))
    for tool in (scan["analyzer"], scan["scanner"]):
        assert all(text(tool[key]) for key in ("id", "name", "version"))
        assert text(tool["vendor"]["name"])
    assert all(
        each["level"] in ("info", "warn", "fatal") and text(each["value"])
        for each in scan["messages"]
    )
    assert all(map(identifies, scan["primary_identifiers"]))
    for each in data["vulnerabilities"]:
        assert uuid.UUID(each["id"]).version == 5
        limits = {"name": 255, "description": 1_048_576, "solution": 7000}
        assert all(text(each.get(key, "x"), most) for key, most in limits.items())
        assert each["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
        assert [identifies(one) for one in each["identifiers"]] == [True]
        assert each["location"]["start_line"] <= each["location"]["end_line"]
        assert all(link["url"].startswith("https://") for link in each.get("links", ()))
        assert all(
            detail["name"] and DETAILS[detail["type"]] in detail
            for detail in each["details"].values()
        )
    assert len({each["id"] for each in data["vulnerabilities"]}) == len(
        data["vulnerabilities"]
    )
    return data


def vulnerability(of: Report, language: str = "en") -> Any:
    (only,) = security(of, language)["vulnerabilities"]
    return only


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_what_the_schema_asks_for(language: str) -> None:
    data = security(everything(), language)
    assert [each["severity"] for each in data["vulnerabilities"]] == ["High"] * 3 + [
        "Medium"
    ] * 2
    assert len(data["scan"]["primary_identifiers"]) == len(POLICIES)


def test_the_scan() -> None:
    scan = security(everything())["scan"]
    assert (scan["start_time"], scan["end_time"], scan["status"]) == (
        "2026-11-24T00:00:00", "2026-11-24T00:00:00", "failure",
    )  # fmt: skip
    shipped = {
        "level": "info",
        "value": "This run goes by what ships with sovlint alone: policy set sovereign-health, as on 2026-11-24.",
    }
    assert scan["messages"] == [
        {"level": "warn", "value": "broken.tf:4: a block isn't closed"},
        shipped,
        {"level": "info", "value": "envs/prod/staging.tfvars: staging.tfvars is not read"},
    ]
    assert (security(report())["scan"]["status"], security(report())["scan"]["messages"]) == (
        "success",
        [shipped],
    )


def test_a_violation_key_by_key() -> None:
    found = vulnerability(report([], database_findings()))
    assert words(found.pop("description")) == (
        "module.claims.aws_db_instance.claims, in envs/prod: Health data lands at Amazon Web Services, which the "
        "United States can compel (CLOUD Act), in eu-west-3 (France). A value given elsewhere would change the region."
    )
    evidence = found["details"].pop("evidence")
    assert found.pop("id") == vulnerability(report([], database_findings()))["id"]
    identifier = {
        "type": "sovlint_policy",
        "name": "sovlint health-data-under-eu-control",
        "value": "health-data-under-eu-control",
        "url": CLOUD_ACT.url,
    }
    assert found == {
        "name": "Only EU states can compel",
        "severity": "High",
        "solution": "Move the data to a provider that EU or EEA states alone can compel.",
        "location": {"file": "modules/claims/main.tf", "start_line": 12, "end_line": 18},
        "identifiers": [identifier],
        "links": [{"name": "18 USC 2713 (CLOUD Act)", "url": CLOUD_ACT.url}],
        "details": {
            "resource": {
                "name": "Resource", "type": "text", "value": "module.claims.aws_db_instance.claims, in envs/prod",
            },
            "placement": {
                "name": "placed", "type": "text",
                "value": "at rest · Amazon Web Services (aws) · eu-west-3, FR · control US · technology US",
            },
        },
    }  # fmt: skip
    assert evidence["items"][0] == {
        "type": "file-location", "file_name": "modules/claims/main.tf", "line_start": 17, "line_end": 17,
    }  # fmt: skip


def test_the_id_is_the_finding_s_own() -> None:
    ids = [vulnerability(report([], [violation(name)]))["id"] for name in ("x", "y", "x")]
    assert ids[0] == ids[2] != ids[1]


def test_severities() -> None:
    found = [violation(severity.value, severity=severity) for severity in Severity]
    assert [each["severity"] for each in security(report([], found))["vulnerabilities"]] == [
        "High",
        "Medium",
        "Low",
    ]


def test_only_what_counts() -> None:
    assert vulnerability(excused())["location"]["file"] == "envs/prod/counts.tf"


def test_what_gitlab_renders_is_no_markup() -> None:
    evil = "[x](http://evil) ![](http://evil) <b>x</b> @everyone https://evil.test"
    policy = replace(POLICIES["health-data-in-eea"], remedy=Bilingual(evil, evil))
    found = vulnerability(
        report(
            [],
            [finding(policy.id, resource("a.b", "x.tf", 1), None, said(evil))],
            policies={policy.id: policy},
        )
    )
    assert (links(found["description"]), links(found["solution"])) == ([], [])
    assert words(found["solution"]) == evil


def test_long_texts_are_cut() -> None:
    long = "@a:" * 9000
    policy = replace(
        POLICIES["health-data-in-eea"],
        title=Bilingual(long, long),
        remedy=Bilingual(long, long),
    )
    of = report(
        [],
        [finding(policy.id, resource("a.b", "x.tf", 1), None, said(long))],
        policies={policy.id: policy},
    )
    found = vulnerability(of)
    assert len(found["name"]) == 255
    assert 6900 < len(found["solution"]) <= 7000


def test_a_policy_that_nobody_describes() -> None:
    found = vulnerability(
        report([], [finding("own", resource("a.b", "x.tf", 1), None, said("x"))])
    )
    assert (found["name"], found["identifiers"][0]["value"]) == ("own", "own")
    assert found.keys() & {"solution", "links"} == set()
