"""The format for editors and hooks: a line a finding, where it is, who, where and whose law."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Report, Severity, Verdict
from sovlint.model.placement import Placement, Soil
from sovlint.model.resources.reading import Failure
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import (
    PARIS,
    everything,
    finding,
    placement,
    report,
    resource,
    said,
    unset,
)

LINE = re.compile(
    r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<kind>\w+) (?P<rest>.+)"
)
CONTROL = "health-data-under-eu-control"


def lines(of: Report, language: str = "en") -> list[str]:
    return REPORTS["concise"](of, language, Style(False, 40)).splitlines()


def test_a_line_says_who_where_and_whose_law() -> None:
    about = resource("aws_s3_bucket.a", "envs/prod/main.tf", 3)
    found = [
        finding(CONTROL, about, PARIS, said("x")),
        finding(CONTROL, about, Placement.unknown(Unknown(Reason.NO_EVIDENCE)), said("x"), verdict=Verdict.UNPROVEN),
        finding(
            CONTROL, about, placement(region=unset("region"), country=unset("region"), soil=Known(Soil())), said("x"),
            severity=Severity.WARNING,
        ),
    ]  # fmt: skip
    at, counts = "envs/prod/main.tf:3:1:", "2 violations, 1 unproven, 0 compliant."
    assert lines(report([], found)) == [
        f"{at} error {CONTROL}: Amazon Web Services, eu-west-3 (FR), law of FR, US (aws_s3_bucket.a)",
        f"{at} error {CONTROL} (unproven): unknown company, unknown place, nobody knows whose law (aws_s3_bucket.a)",
        f"{at} warning {CONTROL}: Amazon Web Services, EEA, law of US, perhaps others (aws_s3_bucket.a)",
        f"{counts} `sovlint scan` shows why, `sovlint explain POLICY` what to do.",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_editors_can_read_every_line_but_the_last(language: str) -> None:
    told = lines(everything(), language)
    assert all(LINE.fullmatch(line) for line in told[:-1])
    assert told[0].startswith("broken.tf:4:9: err"), "what couldn't be read comes first"


def test_what_waits_for_one_thing_is_a_line_and_what_is_alike_is_one() -> None:
    cause = Cause("hds-contract", "aws", said("a contract"), "hds")
    about = [resource(f"a.b{n}", "main.tf", n + 1) for n in range(4)]
    waiting = [
        finding("p", one, placement(), said("x"), verdict=Verdict.UNPROVEN, cause=cause)
        for one in about
    ]
    twice = [finding("q", about[0], placement(), said("x")) for _ in range(2)]
    told = lines(report([], [*waiting, *twice]))
    assert [line.split(": ")[1] for line in told[:-1]] == ["error q", "error p (unproven)"]
    assert told[0].endswith("(×2)")
    assert "4 placements with Amazon Web Services wait for one proof: a contract" in told[1]


@pytest.mark.parametrize(
    ("settings", "said_of_them"),
    [
        (["", ""], ""),
        (["A_URL"], "A_URL"),
        (["A_URL", "", "A_URL", "B_URL"], "A_URL, B_URL"),
        (["A", "B", "C"], "A, B, C"),
        (["A", "B", "C", "D", "E"], "A, B, C, …"),
    ],
)
def test_settings_are_named_each_once_and_the_first_three(
    settings: list[str], said_of_them: str
) -> None:
    cause = Cause("hds-contract", "aws", said("a contract"), "hds")
    waiting = [
        finding(
            "p", resource(f"a.b{at}", "main.tf", at + 1), placement(sent=name), said("x"),
            verdict=Verdict.UNPROVEN, cause=cause,
        )
        for at, name in enumerate(settings)
    ]  # fmt: skip
    alone = finding("q", resource("a.z", "z.tf", 1), placement(sent=settings[0]), said("x"))
    nowhere = finding("q", resource("a.y", "y.tf", 1), None, said("x"))
    told = lines(report([], [*waiting, alone, nowhere]))[:-1]
    by = {line.partition(":")[0]: line.partition("; sent by ")[2] for line in told}
    assert by == {"main.tf": said_of_them, "z.tf": settings[0], "y.tf": ""}


def test_a_clean_run_is_its_counts() -> None:
    assert lines(report()) == ["0 violations, 0 unproven, 0 compliant."]


def test_what_is_named_in_files_stays_on_its_line() -> None:
    evil = resource("a.\n::error::\x1b[2J", "a\nb.tf", 1)
    broken = Failure("c\n.tf", 1, 1, said("x\ny"))
    told = lines(
        replace(report([], [finding("p", evil, PARIS, said("x"))]), failures=(broken,))
    )
    assert len(told) == 3
    assert not any(line.startswith("::") or "\x1b" in line for line in told)
