"""GitLab's code quality report: the few fields that it reads, each as it wants them."""

from __future__ import annotations

import json
from typing import Any

from sovlint.model.findings.finding import Report, Severity, Verdict
from sovlint.model.resources.reading import Failure
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import everything, finding, report, resource, said
from tests.report.excused import excused, violation

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def issues(of: Report, language: str = "en") -> list[Any]:
    """The issues, once what GitLab asks of each is checked."""
    found = json.loads(REPORTS["gitlab-codequality"](of, language, Style(False, 80)))
    assert isinstance(found, list)
    for each in found:
        assert all(
            each[key] and isinstance(each[key], str)
            for key in ("description", "check_name", "fingerprint")
        )
        assert each["severity"] in SEVERITIES
        path, line = each["location"]["path"], each["location"]["lines"]["begin"]
        assert path.strip("/.")[:1] == path[:1] != ""
        assert line in range(1, 1_000_000)
    assert len({each["fingerprint"] for each in found}) == len(found)
    return found


def test_a_violation() -> None:
    found = violation("files")
    assert issues(report([], [found])) == [
        {
            "type": "issue",
            "check_name": "health-data-under-eu-control",
            "description": "aws_s3_bucket.files: Health data lands at Amazon Web Services.",
            "categories": ["Security"],
            "severity": "critical",
            "fingerprint": found.identity.fingerprint,
            "location": {"path": "envs/prod/files.tf", "lines": {"begin": 3}},
        }
    ]


def test_severities() -> None:
    found = [violation(severity.value, severity=severity) for severity in Severity]
    assert [each["severity"] for each in issues(report([], found))] == [
        "critical",
        "minor",
        "info",
    ]


def test_only_what_counts_worst_first_and_what_was_not_read_before_all() -> None:
    found = issues(everything())
    assert [each["severity"] for each in found] == ["blocker"] + ["critical"] * 3 + [
        "minor"
    ] * 2 + ["info"]
    assert found[-1]["check_name"] == "remark"
    assert found[-1]["description"] == "envs/prod/staging.tfvars: staging.tfvars is not read"
    assert found[0]["location"] == {"path": "broken.tf", "lines": {"begin": 4}}
    assert [each["location"]["path"] for each in issues(excused())] == ["envs/prod/counts.tf"]
    assert (
        issues(report([], [violation("x", verdict=Verdict.COMPLIANT)], show_compliant=True))
        == []
    )


def test_twins_have_fingerprints_of_their_own() -> None:
    twins = [
        finding("p", resource("a.b", path, 3), None, said("x")) for path in ("y.tf", "z.tf")
    ]
    assert len(issues(report([], twins))) == 2
    broken = tuple(Failure("a.tf", line, 1, said("x")) for line in (1, 2, None))
    assert len(issues(report(failures=broken))) == 3


def test_the_fingerprint_of_a_failure_has_no_line() -> None:
    prints = [
        issues(report(failures=(Failure("a.tf", line, 1, said("x")),)))[0]["fingerprint"]
        for line in (1, 90)
    ]
    assert prints[0] == prints[1]


def test_nothing_found_is_an_empty_list() -> None:
    assert REPORTS["gitlab-codequality"](report(), "en", Style(False, 80)) == "[]\n"
