"""Exit codes, over a table written by hand."""

from __future__ import annotations

import pytest

from sovlint.commands.parts.exit_code import facts_code, scan_code
from sovlint.model.attributes import NoAttributes
from sovlint.model.findings.finding import Coverage, Finding, Report, Severity, Verdict
from sovlint.model.resources.reading import Failure
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Span
from sovlint.model.text import Note

RESOURCE = Resource(
    "a.b", "a", "terraform", "", None, False, TRUE, Span("main.tf", 1, 1, 2, 1), NoAttributes()
)  # fmt: skip


def finding(severity: str, verdict: str = "violation") -> Finding:
    return Finding(
        "p", Verdict(verdict), Severity(severity), RESOURCE, None, (), Note("policy.any")
    )


def report(
    *findings: Finding,
    failures: int = 0,
    files: int = 1,
    resources: int = 10,
    classified: int = 5,
    assumed: int = 0,
) -> Report:
    return Report(
        as_of="2026-11-24", catalogue_date="2026-11-24", policy_set="strict", placed=(), flows=(), findings=findings,
        failures=(Failure("broken.tf", 4, 1, Note("terraform.syntax")),) * failures, remarks=(),
        coverage=Coverage(files=files, failed=failures, resources=resources, classified=classified,
                          assumed=assumed), policies={},
    )  # fmt: skip


ERROR, WARNING, NOTE = finding("error"), finding("warning"), finding("note")
UNPROVEN = finding("error", "unproven")
COMPLIANT = finding("error", "compliant")

CLEAN, FOUND, FAILED, NOTHING = 0, 1, 2, 3


@pytest.mark.parametrize(
    ("given", "options", "code"),
    [
        # findings against --fail-on
        (report(), {}, CLEAN),
        (report(ERROR), {}, FOUND),
        (report(UNPROVEN), {}, FOUND),
        (report(COMPLIANT), {}, CLEAN),
        (report(WARNING), {}, CLEAN),
        (report(NOTE, WARNING), {"fail_on": "warning"}, FOUND),
        (report(ERROR), {"fail_on": "warning"}, FOUND),
        (report(NOTE), {"fail_on": "warning"}, CLEAN),
        (report(ERROR), {"fail_on": "never"}, CLEAN),
        # failures come first, and only --allow-failures forgives them
        (report(failures=1), {}, FAILED),
        (report(ERROR, failures=1), {}, FAILED),
        (report(ERROR, failures=1), {"exit_zero": True}, FAILED),
        (report(failures=1), {"fail_on": "never"}, FAILED),
        (report(failures=1, files=0), {}, FAILED),
        (report(failures=1), {"allow_failures": True}, CLEAN),
        (report(ERROR, failures=1), {"allow_failures": True}, FOUND),
        # nothing to scan
        (report(files=0), {}, NOTHING),
        (report(files=0), {"exit_zero": True}, NOTHING),
        (report(files=0), {"fail_on": "never"}, NOTHING),
        (report(files=0), {"allow_empty": True}, CLEAN),
        (report(files=0, failures=1), {"allow_empty": True}, FAILED),
        (report(ERROR), {"allow_empty": True}, FOUND),
        # --exit-zero forgives findings
        (report(ERROR), {"exit_zero": True}, CLEAN),
        # --min-classified: 5 of 10 is 50 %
        (report(), {"min_classified": 50}, CLEAN),
        (report(), {"min_classified": 51}, FOUND),
        (report(), {"min_classified": 51, "fail_on": "never"}, FOUND),
        (report(), {"min_classified": 51, "exit_zero": True}, CLEAN),
        (report(classified=0), {"min_classified": 0}, CLEAN),
        (report(resources=0, classified=0), {"min_classified": 100}, CLEAN),
        (report(resources=3, classified=2), {"min_classified": 67}, FOUND),
        (report(resources=3, classified=3, assumed=1), {"min_classified": 67}, FOUND),
        (report(resources=3, classified=3, assumed=1), {"min_classified": 66}, CLEAN),
        (report(resources=3, classified=2), {"min_classified": 66}, CLEAN),
        (report(classified=0), {}, CLEAN),
    ],
)
def test_scan(given: Report, options: dict[str, object], code: int) -> None:
    settings = {
        "fail_on": "error",
        "min_classified": None,
        "allow_failures": False,
        "exit_zero": False,
        "allow_empty": False,
        **options,
    }
    assert scan_code(given, **settings) == code


@pytest.mark.parametrize(
    ("given", "allow", "code"),
    [
        (report(ERROR), False, CLEAN),
        (report(failures=1), False, FAILED),
        (report(failures=1), True, CLEAN),
        (report(files=0), False, NOTHING),
        (report(files=0, failures=1), True, NOTHING),
    ],
)
def test_facts(given: Report, allow: bool, code: int) -> None:
    assert facts_code(given, allow_failures=allow) == code
