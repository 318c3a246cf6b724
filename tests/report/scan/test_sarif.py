"""The SARIF log: valid under the published schema, and what it says of a report."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.model.exception import Kind, State
from sovlint.model.findings.finding import Report
from sovlint.model.resources.reading import Failure, Remark
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from sovlint.report.scan import sarif
from tests.report.build import (
    database_findings,
    everything,
    finding,
    report,
    resource,
    said,
    shuffled,
    span,
)
from tests.report.excused import differing, excused, violation
from tests.report.readers import sarif_schema


def log(of: Report, language: str = "en") -> Any:
    """The log, once the schema has passed it."""
    data = json.loads(REPORTS["sarif"](of, language, Style(False, 80)))
    assert [error.message for error in sarif_schema().iter_errors(data)] == []
    return data


def run(of: Report, language: str = "en") -> Any:
    (only,) = log(of, language)["runs"]
    return only


def test_the_schema_refuses_what_is_wrong() -> None:
    data = log(everything())
    data["runs"][0]["results"][0]["level"] = "fatal"
    assert not sarif_schema().is_valid(data)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "of", [everything, excused, differing, report], ids=lambda build: build.__name__
)
def test_it_is_valid(of: Any, language: str) -> None:
    only = run(of(), language)
    assert only["language"] == language
    for result in only["results"]:
        assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_run() -> None:
    data = log(everything())
    assert (data["version"], len(data["runs"])) == ("2.1.0", 1)
    only = data["runs"][0]
    driver = only["tool"]["driver"]
    assert driver["name"] == "sovlint"
    assert driver["version"] == driver["semanticVersion"]
    assert only["automationDetails"] == {"id": "sovlint/sovereign-health/"}
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": "The root of the git repository."}}
    }
    assert only["properties"]["as_of"] == "2026-11-24"
    assert only["properties"]["catalogue"] == "2026-11-20"
    assert only["properties"]["coverage"]["resources"] == 40
    assert only["properties"]["summary"] == {
        "violation": 3,
        "unproven": 2,
        "compliant": 2,
        "compliant_unsourced": 0,
        "compliant_on_proof": 2,
        "compliant_on_word": 0,
        "compliant_on_weak": 0,
        "suppressed": 0,
    }


def test_what_could_not_be_read_fails_the_run() -> None:
    (invocation,) = run(everything())["invocations"]
    assert invocation["executionSuccessful"] is False
    failure, remark = invocation["toolExecutionNotifications"]
    assert (failure["level"], failure["message"]["text"]) == ("error", "a block isn't closed")
    assert failure["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "broken.tf", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 9},
    }
    assert (remark["level"], remark["message"]["text"]) == (
        "note",
        "staging.tfvars is not read",
    )
    (clean,) = run(report())["invocations"]
    (shipped,) = clean.pop("toolConfigurationNotifications")
    assert shipped["message"]["text"].startswith("This run goes by what ships")
    assert clean == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_a_failure_without_a_line_and_a_remark_without_a_path() -> None:
    of = report(
        failures=(Failure("a.tf", None, None, said("x")),), remarks=(Remark(said("y")),)
    )
    failure, remark = run(of)["invocations"][0]["toolExecutionNotifications"]
    assert "region" not in failure["locations"][0]["physicalLocation"]
    assert remark["locations"] == []


def test_the_worst_come_first_and_what_is_excused_last() -> None:
    verdicts = [
        (one["level"], one["properties"]["verdict"], bool(one["suppressions"]))
        for one in run(
            replace(excused(), findings=(*excused().findings, *everything().findings))
        )["results"]
    ]
    assert verdicts == sorted(
        verdicts, key=lambda one: (one[2], one[0], one[1] == "unproven")
    )
    assert len(verdicts) == 9


def test_more_than_servers_take_is_cut_from_the_end_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    only = run(everything())
    assert [one["level"] for one in only["results"]] == ["error"] * 3
    told = only["invocations"][0]["toolExecutionNotifications"][0]
    assert (told["level"], told["message"]["text"][:26]) == (
        "warning",
        "2 findings were left out, ",
    )
    monkeypatch.setattr(sarif, "MOST_RESULTS", 5)
    assert len(run(everything())["invocations"][0]["toolExecutionNotifications"]) == 2


def test_a_rule_for_every_policy_and_for_those_nobody_describes() -> None:
    only = run(report([], [violation("x"), replace(violation("y"), policy="of-my-own")]))
    ids = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert ids == [
        "health-data-under-eu-control",
        "health-data-in-eea",
        "data-class-known",
        "of-my-own",
    ]
    assert [one["ruleIndex"] for one in only["results"]] == [0, 3]


def test_the_audit_of_exceptions_is_in_the_run() -> None:
    listed = run(excused())["properties"]["exceptions"]
    assert [(one["kind"], one["state"], one["absorbed"]) for one in listed] == [
        ("inline", "used", 1), ("baseline", "unused", 0), ("waiver", "expired", 0), ("inline", "invalid", 0),
    ]  # fmt: skip
    assert (listed[2]["owner"], listed[2]["until"]) == ("dpo", "2026-10-01")
    assert listed[3]["note"] == f"it is {State.INVALID.value}"


def test_what_a_difference_tells() -> None:
    properties = run(differing())["properties"]["difference"]
    assert properties == {
        "base": "origin/main", "commit": "0123456789abcdef0123456789abcdef01234567", "added": 1, "left": 1,
        "removed": 1, "unread": 2, "moves": [],
    }  # fmt: skip
    assert run(report())["properties"]["difference"] is None


def test_fingerprints_are_unique_in_a_run_and_stay_when_lines_move() -> None:
    twins = [
        finding("p", resource("a.b", path, 3), None, said("x")) for path in ("z.tf", "y.tf")
    ]  # the same address, declared twice
    prints = [
        one["partialFingerprints"]["sovlint/v1"] for one in run(report([], twins))["results"]
    ]
    own = twins[0].identity.fingerprint
    assert prints == [own, f"{own}-2"]
    moved = [
        replace(one, resource=replace(one.resource, where=span("z.tf", 90)))
        for one in twins[:1]
    ]
    assert run(report([], moved))["results"][0]["partialFingerprints"]["sovlint/v1"] == own


def test_the_number_of_a_twin_stays_when_the_other_is_excused() -> None:
    first, second = (
        finding("p", resource("a.b", path, 3), None, said("x")) for path in ("y.tf", "z.tf")
    )
    excuse = violation("x", Kind.WAIVER).suppressed
    alone = run(report([], [replace(first, suppressed=excuse), second]))["results"][0]
    assert alone["partialFingerprints"]["sovlint/v1"] == f"{second.identity.fingerprint}-2"


def test_output_is_the_same_whatever_the_order() -> None:
    whole = everything()
    for again in shuffled(whole):
        assert REPORTS["sarif"](again, "en", Style(True, 40)) == REPORTS["sarif"](
            whole, "en", Style(False, 80)
        )


def test_each_result_stands_on_a_line_of_its_own() -> None:
    lines = REPORTS["sarif"](
        report([], database_findings()), "en", Style(False, 80)
    ).splitlines()
    assert [line.strip()[:12] for line in lines].count('{"ruleId": "') == 1
