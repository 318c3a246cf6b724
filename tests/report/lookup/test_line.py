"""What is told of one line, of reports that are built by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.model.exception import Kind
from sovlint.model.findings.finding import Report
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.source import Span
from sovlint.report.lookup.line import AskedLine, render
from sovlint.report.pieces.style import Style
from tests.report.build import CALL, DATABASE, everything, report, said
from tests.report.excused import excused, suppression, violation

PLAIN = Style(color=False, width=80, full=True)
STRETCH = Span("a.tf", 3, 5, 6, 2)


def told(found: Report, path: str, line: int) -> str:
    return " ".join(render(found, AskedLine(path, line), "en", PLAIN).split())


@pytest.mark.parametrize(
    ("path", "line", "column", "inside"),
    [
        ("a.tf", 2, None, False),
        ("a.tf", 3, None, True),
        ("a.tf", 6, None, True),
        ("a.tf", 7, None, False),
        ("b.tf", 4, None, False),
        ("a.tf", 3, 4, False),
        ("a.tf", 3, 5, True),
        ("a.tf", 6, 1, True),
        ("a.tf", 6, 2, False),
    ],
)
def test_what_a_stretch_holds(path: str, line: int, column: int | None, inside: bool) -> None:
    assert AskedLine(path, line, column).is_in(STRETCH) is inside


def test_an_empty_stretch_holds_where_it_begins() -> None:
    empty = Span("a.tf", 3, 5, 3, 5)
    assert AskedLine("a.tf", 3, 5).is_in(empty)
    assert not AskedLine("a.tf", 3, 6).is_in(empty)


@pytest.mark.parametrize("line", [12, 17, 30])
def test_a_resource_its_label_and_its_module_call_tell_the_same_finding(line: int) -> None:
    found = told(everything(), DATABASE.span.path, line)
    assert found.startswith("error[")
    assert "Sources [1]" in found


def test_a_module_call_tells_what_it_makes() -> None:
    assert DATABASE.address in told(everything(), CALL.path, CALL.line + 2)


def test_what_is_excused_names_what_excuses_it() -> None:
    found = told(excused(), "envs/prod/waiver.tf", 3)
    assert "; excused at sovlint.yaml:9, until 2027-01-31: moving in spring" in found
    assert "= help" not in found
    endless = replace(violation("old"), suppressed=suppression(Kind.BASELINE, until=None))
    assert "until no end that is written" in told(
        report((), [endless]), "envs/prod/old.tf", 3
    )


def test_what_is_said_of_a_place() -> None:
    failures = (Failure("a.tf", None, None, said("not valid")),)
    remarks = (Remark(said("odd"), "b.tf", 4), Remark(said("nowhere")))
    found = report(failures=failures, remarks=remarks)
    assert told(found, "a.tf", 9) == "a.tf not valid"
    assert told(found, "b.tf", 4) == "b.tf:4 odd"
    nearest = told(found, "b.tf", 3)
    assert nearest.endswith("rests on it. Nearest to it in the same file: b.tf:4 odd")
    assert told(found, "c.tf", 3).endswith("rests on it.")


def test_what_no_finding_is_about_is_told_with_its_facts() -> None:
    asked = AskedLine("envs/prod/cdn.tf", 1)
    text = render(replace(everything(), findings=()), asked, "en", PLAIN)
    assert text == (
        "aws_cloudfront_distribution.portal: no finding\n"
        " --> envs/prod/cdn.tf:1:1\n"
        "  = data: class unknown: var.tags has no value\n"
        "  = placed: edge · aws · global, unknown country · control US · technology US\n"
        "  = not known: existence (var.cdn has no value), country (global has several\n"
        "      values)\n"
    )
