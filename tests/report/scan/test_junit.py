"""JUnit XML, read back with the standard library's parser and with junitparser."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from msgspec.structs import replace

from sovlint.model.findings.finding import Report, Severity, Verdict
from sovlint.model.redaction.redact import inert, printable
from sovlint.model.resources.reading import Failure
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import (
    PARIS,
    database_findings,
    everything,
    finding,
    report,
    resource,
    said,
)
from tests.report.excused import excused, violation


def written(of: Report, language: str = "en") -> str:
    return REPORTS["junit"](of, language, Style(False, 80))


def suites(of: Report, language: str = "en") -> dict[str, ET.Element]:
    root = ET.fromstring(written(of, language))
    assert (root.tag, root.get("name")) == ("testsuites", "sovlint")
    return {suite.attrib["name"]: suite for suite in root}


def case(of: Report) -> ET.Element:
    (only,) = (each for suite in suites(of).values() for each in suite.iter("testcase"))
    return only


def test_a_suite_for_each_policy_and_one_for_what_was_not_read() -> None:
    found = suites(everything())
    counts = {
        name: tuple(suite.get(key) for key in ("tests", "failures", "errors", "skipped"))
        for name, suite in found.items()
    }
    assert counts == {
        "sovlint.not-read": ("1", "0", "1", "0"),
        "health-data-under-eu-control": ("3", "3", "0", "0"),
        "health-data-in-eea": ("3", "0", "0", "0"),
        "data-class-known": ("1", "0", "0", "0"),
        "sovlint.rules": ("0", "0", "0", "0"),
    }
    values = {
        each.get("name"): each.get("value")
        for each in found["data-class-known"].iter("property")
    }
    assert values == {"as_of": "2026-11-24", "policy_set": "sovereign-health"}


def test_another_reader_counts_the_same() -> None:
    xml = JUnitXml.fromstring(written(everything()))
    assert (xml.tests, xml.failures, xml.errors, xml.skipped) == (8, 3, 1, 0)


def test_an_error_fails() -> None:
    found = case(report([], database_findings()[:1]))
    assert found.attrib == {
        "name": "module.claims.aws_db_instance.claims, in envs/prod (at rest)",
        "classname": "health-data-under-eu-control",
        "file": "modules/claims/main.tf",
        "line": "12",
    }
    (failure,) = found
    assert (failure.tag, failure.get("type")) == ("failure", "violation")
    assert (failure.get("message") or "").endswith("(CLOUD Act), in eu-west-3 (France).")
    assert (failure.text or "").splitlines() == [
        "modules/claims/main.tf:12:1",
        "at rest · Amazon Web Services (aws) · eu-west-3, FR · control US · technology US",
        "A value given elsewhere would change the region.",
    ]


def test_one_that_is_not_proved_fails_as_such() -> None:
    (failure,) = case(report([], [violation("x", verdict=Verdict.UNPROVEN)]))
    assert failure.get("type") == "unproven"
    assert failure.get("message") == "Unproven: Health data lands at Amazon Web Services."


@pytest.mark.parametrize(
    ("severity", "begins"), [(Severity.WARNING, "warning: "), (Severity.NOTE, "note: ")]
)
def test_what_is_no_error_passes_and_says_so(severity: Severity, begins: str) -> None:
    (out,) = case(report([], [violation("x", severity=severity)]))
    assert out.tag == "system-out"
    assert (out.text or "").startswith(f"{begins}Health data lands")


def test_what_is_compliant_passes_silently() -> None:
    assert list(case(report([], database_findings()[1:]))) == []


def test_what_is_excused_is_skipped_with_the_reason() -> None:
    cases = {
        each.attrib["name"]: each
        for each in suites(excused())["health-data-under-eu-control"].iter("testcase")
    }
    (skipped,) = cases["aws_s3_bucket.waiver (at rest)"]
    assert (skipped.tag, skipped.get("type"), skipped.get("message")) == (
        "skipped",
        "waiver",
        "moving in spring",
    )
    assert [each.tag for each in cases["aws_s3_bucket.counts (at rest)"]] == ["failure"]


def test_a_file_that_could_not_be_read_is_an_error() -> None:
    found = case(report(failures=(Failure("broken.tf", 4, 9, said("no end")),)))
    (error,) = found
    assert (found.attrib["name"], error.tag, error.get("message")) == (
        "broken.tf",
        "error",
        "broken.tf:4:9: no end",
    )


def test_a_resource_without_a_placement_has_no_role() -> None:
    of = report([], [finding("p", resource("a.b", "envs/prod/x.tf", 1), None, said("x"))])
    assert case(of).attrib["name"] == "a.b"


@given(
    st.text()
    | st.text(st.sampled_from("]>&<\"'\x00\x0b\x1f\ud800\udcff\ufffe\uffff\U0001f600#[:\n"))
)
def test_any_text_survives(odd: str) -> None:
    about = resource(f"a.{odd}", f"{odd}.tf", 1, root=None)
    excuse = replace(excused().findings[1].suppressed, reason=odd)  # type: ignore[type-var]
    found = [
        finding("p", about, PARIS, said("x"), remarks=(said(odd),)),
        finding("q", about, None, said("x"), severity=Severity.WARNING),
        finding("r", about, None, said("x"), suppressed=excuse),
    ]
    text = written(report([], found, failures=(Failure(f"{odd}.tf", 1, 1, said(odd)),)))
    text.encode()
    root = ET.fromstring(text)
    assert [
        len(list(suite.iter("testcase"))) for suite in root if suite.get("tests") != "0"
    ] == [
        1,
        1,
        1,
        1,
    ]
    first = next(each for each in root.iter("testcase") if each.get("classname") == "p")
    assert first.get("file") == inert(printable(f"{odd}.tf"))
