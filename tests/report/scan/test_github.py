"""Workflow commands, read back as GitHub's runner reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.findings.finding import Coverage, Report, Severity, Verdict
from sovlint.model.redaction.redact import inert
from sovlint.model.resources.reading import Failure
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from sovlint.report.scan import github
from tests.report.build import PARIS, everything, finding, report, resource, said, span
from tests.report.excused import differing, excused, violation
from tests.report.readers import Command, command, commands


def written(of: Report, language: str = "en") -> list[Command]:
    """The commands of a report, all of whose lines are one."""
    log = REPORTS["github"](of, language, Style(False, 80))
    found = [command(line) for line in log.splitlines()]
    assert None not in found
    return [each for each in found if each is not None]


def annotations(of: Report, language: str = "en") -> list[Command]:
    return [each for each in written(of, language) if "file" in each.properties]


def test_a_violation() -> None:
    (only,) = annotations(report([], [violation("files")]))
    assert only == Command(
        "error",
        {
            "file": "envs/prod/files.tf",
            "line": "3",
            "endLine": "9",
            "title": "health-data-under-eu-control",
        },
        "aws_s3_bucket.files\nerror[health-data-under-eu-control]: Health data lands at Amazon Web Services.",
    )


@pytest.mark.parametrize(
    ("severity", "name"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")],
)
def test_severities_are_commands(severity: Severity, name: str) -> None:
    (only,) = annotations(report([], [violation("files", severity=severity)]))
    assert only.name == name


def test_a_column_only_where_the_declaration_is_one_line() -> None:
    about = resource("a.b", "x.tf", 4, where=span("x.tf", 4, 7, 20))
    (only,) = annotations(report([], [finding("p", about, PARIS, said("x"))]))
    assert (only.properties["line"], only.properties["endLine"], only.properties["col"]) == (
        "4",
        "4",
        "7",
    )


def test_one_annotation_for_all_that_is_declared_at_a_place() -> None:
    about = [resource(f"a.b[{number}]", "x.tf", 4) for number in range(8)]
    found = [
        *(finding("p", one, PARIS, said("Too far.")) for one in about),
        finding(
            "q",
            about[0],
            PARIS,
            said("Too near."),
            severity=Severity.WARNING,
            verdict=Verdict.UNPROVEN,
        ),
    ]
    (only,) = annotations(report([], found))
    assert (only.name, only.properties["title"]) == ("error", "p, q")
    assert only.message.splitlines() == [
        ", ".join(f"a.b[{number}], in envs/prod" for number in range(5)) + ", + 3",
        "error[p]: Too far.",
        "warning[q]: Unproven: Too near.",
    ]


def test_the_worst_come_first_since_only_ten_are_shown() -> None:
    found = [violation(f"n{number}", severity=Severity.NOTE) for number in range(12)]
    found += [
        violation("w", severity=Severity.WARNING),
        violation("e", verdict=Verdict.UNPROVEN),
        violation("f"),
    ]
    names = [
        (each.name, each.properties["file"]) for each in annotations(report([], found))[:4]
    ]
    assert names == [
        ("error", "envs/prod/f.tf"), ("error", "envs/prod/e.tf"), ("warning", "envs/prod/w.tf"),
        ("notice", "envs/prod/n0.tf"),
    ]  # fmt: skip


def test_only_what_counts() -> None:
    assert [each.properties["file"] for each in annotations(excused())] == [
        "envs/prod/counts.tf"
    ]
    compliant = replace(violation("x"), verdict=Verdict.COMPLIANT)
    assert annotations(report([], [compliant], show_compliant=True)) == []


def test_many_sentences_are_cut() -> None:
    about = resource("a.b", "x.tf", 4)
    found = [finding(f"p{number:02}", about, PARIS, said("x" * 999)) for number in range(30)]
    (only,) = annotations(report([], found))
    lines = only.message.splitlines()
    assert (len(lines), lines[-1]) == (2 + github.MOST_LINES, "+ 18")
    assert max(map(len, lines)) == github.WIDEST


def test_what_could_not_be_read_is_an_error() -> None:
    of = report(
        failures=(
            Failure("a.tf", 4, 9, said("no end")),
            Failure("b.tf", None, None, said("no text")),
        )
    )
    assert annotations(of) == [
        Command(
            "error", {"file": "a.tf", "line": "4", "col": "9", "title": "sovlint"}, "no end"
        ),
        Command("error", {"file": "b.tf", "title": "sovlint"}, "no text"),
    ]


def test_the_summary() -> None:
    last = written(everything())[-1]
    assert (last.name, last.properties) == ("notice", {"title": "sovlint"})
    assert last.message.splitlines() == [
        "3 violations, 2 unproven, 2 compliant.",
        "Violations and unproven ones by severity: 3 errors, 2 warnings.",
        "This report is incomplete: 1 file that should have been read wasn't, wholly or in part.",
        "This run goes by what ships with sovlint alone: policy set sovereign-health, as on 2026-11-24.",
        "Also noted: envs/prod/staging.tfvars: staging.tfvars is not read",
        "12 files, 40 resources: 30 placed, 8 config (no payload), 2 unplaced.",
        "31 of 40 resources carry a data class.",
        "Compliant means that the evidence in this repository and catalogue supports the policy; it means no more.",
    ]


def test_the_summary_names_exceptions_that_lapsed() -> None:
    lines = written(excused())[-1].message.splitlines()
    assert lines[0] == "1 violation, 0 unproven, 0 compliant, 3 suppressed."
    assert lines[2] == (
        "3 exceptions must be looked after: envs/prod/expired.tf:5, envs/prod/invalid.tf:5, envs/prod/unused.tf:5"
    )


def test_the_summary_tells_what_changed() -> None:
    lines = written(differing(), "fr")[-1].message.splitlines()
    assert lines[2:4] == [
        "Depuis origin/main (0123456789ab) : 1 constat est nouveau, 1 a disparu, 1 était déjà là.",
        "2 fichiers n'ont pas pu être lus à origin/main : ce qu'ils contenaient compte comme nouveau.",
    ]


def test_that_nothing_was_judged_is_a_warning() -> None:
    last = written(report(coverage=Coverage(files=1, resources=3, placed=3)))[-1]
    assert last.name == "warning"
    assert last.message.startswith("NOTHING WAS JUDGED")


ODD = st.text(max_size=30) | st.text(st.sampled_from("%:,=#[\r\n03AaDCvso \t"), max_size=20)


@given(ODD, ODD)
def test_no_text_ends_a_command_or_makes_another(message: str, value: str) -> None:
    line = github.command("error", message, file=value, line=3)
    assert not set("\r\n") & set(line)
    assert commands(line) == [
        Command("error", {"file": inert(value), "line": "3"}, inert(message))
    ]


@pytest.mark.parametrize(
    "evil",
    [
        "x::error::pwn",
        "x,line=1::pwn",
        "%0A::error::pwn",
        "\n::error::pwn",
        "##[error]pwn",
        "##vso[task.x]y",
    ],
)
def test_nothing_scanned_makes_a_command(evil: str) -> None:
    about = resource(f"a.{evil}", f"d/{evil}.tf", 4, root=evil)
    of = report(
        [],
        [finding(evil, about, PARIS, said(evil))],
        failures=(Failure(evil, 1, 1, said(evil)),),
    )
    log = REPORTS["github"](of, "en", Style(False, 80))
    assert len(log.splitlines()) == 3
    assert [each.name for each in commands(log)] == ["error", "error", "notice"]
    assert [set(each.properties) for each in commands(log)[:2]] == [
        {"file", "line", "endLine", "title"}, {"file", "line", "col", "title"},
    ]  # fmt: skip


def test_a_path_is_what_the_runner_must_find() -> None:
    path = "a b/100%,x:y/é.tf"
    (only,) = annotations(
        report([], [finding("p", resource("a.b", path, 1), PARIS, said("x"))])
    )
    assert only.properties["file"] == path
