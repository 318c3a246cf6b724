"""Findings as results of SARIF, key by key."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from sovlint.model.exception import Kind
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.resources.resource import Lead
from sovlint.model.text import Note
from sovlint.report.pieces.trail import MOST
from tests.report.build import (
    CALL,
    database_findings,
    finding,
    placement,
    report,
    resource,
    said,
    step,
    unset,
)
from tests.report.excused import differing, excused, suppression, violation
from tests.report.readers import strings
from tests.report.scan.test_sarif import run


def result(found: Finding, **changes: Any) -> Any:
    (only,) = run(report([], [found], **changes))["results"]
    return only


def test_a_violation_key_by_key() -> None:
    found = result(database_findings()[0])
    flow = found.pop("codeFlows")[0]["threadFlows"][0]["locations"]
    assert found.pop("partialFingerprints") == {
        "sovlint/v1": database_findings()[0].identity.fingerprint
    }
    assert found == {
        "ruleId": "health-data-under-eu-control",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "module.claims.aws_db_instance.claims, in envs/prod: Health data lands at Amazon Web Services, "
            "which the United States can compel (CLOUD Act), in eu-west-3 (France). A value given elsewhere would "
            "change the region."
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "modules/claims/main.tf", "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": 12, "startColumn": 1, "endLine": 18, "endColumn": 2,
                        "snippet": {"text": 'resource "aws_db_instance" "claims" {'},
                    },
                },
                "logicalLocations": [
                    {"fullyQualifiedName": "module.claims.aws_db_instance.claims", "kind": "resource"}
                ],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "envs/prod/main.tf", "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": 4, "startColumn": 1, "endLine": 9, "endColumn": 2,
                        "snippet": {"text": 'module "claims" {'},
                    },
                },
                "message": {"text": "module called here"},
            }
        ],
        "suppressions": [],
        "properties": {
            "verdict": "violation", "severity": "error", "basis": "sourced", "cause": None, "root": "envs/prod",
            "variant": None,
            "data": {"health": "declared"},
            "placement": {
                "role": "at-rest", "provider": "aws", "region": "eu-west-3", "country": "FR", "control": ["US"],
                "technology": ["US"], "unknown": {},
            },
        },
    }  # fmt: skip
    assert [(one["location"]["message"]["text"], one["location"]["physicalLocation"]["region"]["startLine"])
            for one in flow] == [
        ("region comes from this default", 7),
        ("provider configured here", 2),
        ("health data declared here", 17),
        ("module.claims.aws_db_instance.claims is declared here", 12),
    ]  # fmt: skip


def test_the_level_is_the_severity_and_what_is_not_proved_says_so() -> None:
    levels = {
        severity.value: result(violation("x", severity=severity))["level"]
        for severity in Severity
    }
    assert levels == {"error": "error", "warning": "warning", "note": "note"}
    found = result(violation("x", verdict=Verdict.UNPROVEN))
    assert (found["kind"], found["level"], found["properties"]["verdict"]) == (
        "fail",
        "error",
        "unproven",
    )
    assert found["message"]["text"].startswith("aws_s3_bucket.x: Unproven: Health data lands")


def test_compliant_ones_only_when_asked_for_and_without_a_level() -> None:
    compliant = database_findings()[1]
    assert run(report([], [compliant]))["results"] == []
    found = result(compliant, show_compliant=True)
    assert (found["kind"], found["level"]) == ("pass", "none")


def test_no_flow_and_no_related_place_where_nothing_led_there() -> None:
    found = result(
        finding("p", resource("a.b", "main.tf", 1), placement(because=()), said("x"))
    )
    assert found.keys() & {"codeFlows", "relatedLocations"} == set()


def test_long_chains_are_cut() -> None:
    chain = step("x.tf", 1, 1, 2, "origin")
    for line in range(2, 90):
        chain = step("x.tf", line, 1, 2, f"step {line}", "", chain)
    about = resource(
        "a.b", "main.tf", 1, chain=(Lead(CALL, Note("report.called-here")),) * 1200
    )
    found = result(finding("p", about, placement(because=()), said("x"), because=(chain,)))
    assert len(found["codeFlows"][0]["threadFlows"][0]["locations"]) == MOST + 1
    assert len(found["relatedLocations"]) == MOST


def test_suppressions_say_what_excuses_and_where() -> None:
    found = {one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]: one["suppressions"]
             for one in run(excused())["results"]}  # fmt: skip
    assert found["aws_s3_bucket.counts"] == []
    kinds = {name.partition(".")[2]: each[0]["kind"] for name, each in found.items() if each}
    assert kinds == {"inline": "inSource", "waiver": "external", "baseline": "external"}
    (waived,) = found["aws_s3_bucket.waiver"]
    assert (waived["status"], waived["justification"]) == ("accepted", "moving in spring")
    assert waived["properties"] == {"kind": "waiver", "until": "2027-01-31"}
    assert waived["location"]["physicalLocation"]["artifactLocation"]["uri"] == "sovlint.yaml"
    assert waived["location"]["physicalLocation"]["region"]["startLine"] == 9


def test_a_suppression_without_an_end() -> None:
    found = replace(violation("x"), suppressed=suppression(Kind.INLINE, until=None))
    assert result(found)["suppressions"][0]["properties"]["until"] is None


def test_a_state_of_the_baseline_where_there_is_one() -> None:
    def states(of: Any) -> dict[str, Any]:
        return {one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].partition(".")[2]:
                one.get("baselineState") for one in run(of)["results"]}  # fmt: skip

    assert states(differing()) == {"new": "new", "old": "unchanged"}
    assert states(excused()) == {
        "counts": "new",
        "inline": "new",
        "waiver": "new",
        "baseline": "unchanged",
    }
    assert states(report([], [violation("x"), violation("y", Kind.WAIVER)])) == {
        "x": None,
        "y": None,
    }
    empty = replace(excused(), findings=(violation("x"),))
    assert states(empty) == {
        "x": "new"
    }  # a baseline that excuses nothing is a baseline all the same


def test_a_group_is_unchanged_where_all_that_waits_did() -> None:
    def state(*kinds: Kind | None) -> str:
        waits = {
            "verdict": Verdict.UNPROVEN,
            "cause": Cause("hds-contract", "aws", said("no contract"), "hds"),
        }
        found = [violation(f"b{at}", kind, **waits) for at, kind in enumerate(kinds)]
        (only,) = run(replace(excused(), findings=tuple(found)))["results"]
        assert only["properties"]["findings"] == len(kinds)
        return str(only["baselineState"])

    assert state(Kind.BASELINE, Kind.BASELINE) == "unchanged"
    assert state(None, Kind.BASELINE) == "new"
    assert state(Kind.BASELINE, None) == "new"
    assert state(Kind.WAIVER, Kind.BASELINE) == "new"
    assert state(None, None) == "new"


def test_facts_that_are_not_known_are_named() -> None:
    found = result(
        finding(
            "p", resource("a.b", "main.tf", 1), placement(region=unset("region")), said("x")
        )
    )
    placed = found["properties"]["placement"]
    assert (placed["region"], placed["unknown"]) == (
        None,
        {"region": "unset-variable: var.region"},
    )
    assert (
        result(finding("p", resource("a.b", "main.tf", 1), None, said("x")))["properties"][
            "placement"
        ]
        is None
    )


def test_nothing_scanned_makes_a_link_or_a_placeholder_anywhere() -> None:
    evil = "[x](http://evil) {0}"
    about = resource(f"a.{evil}", f"{evil}.tf", 1)
    of = report(
        [],
        [
            finding(
                "p", about, placement(), said(evil), because=(step("x.tf", 1, 1, 2, evil),)
            )
        ],
    )
    texts = [text for text in strings(run(of)) if "evil" in text and " " in text]
    told = [text for text in texts if not text.startswith("a.[")]
    assert len(told) == 3
    assert all(r"\[x\](http://evil) {{0}}" in text for text in told)
