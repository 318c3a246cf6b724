"""The screen of a scan: in which order it tells what, how long it may be, and what it must never say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Report, Severity, Verdict
from sovlint.model.findings.next_step import NextStep
from sovlint.model.placement import Classes, How, Placed
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.text import Bilingual, Note
from sovlint.model.world import World
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style, columns_of
from sovlint.report.pieces.violations import TALLEST as TALLEST_GROUP
from sovlint.report.scan.screen import TALLEST
from tests.report.build import (
    DATABASE,
    PARIS,
    POLICIES,
    SEAT,
    everything,
    finding,
    health,
    placement,
    report,
    resource,
    said,
    unset,
)

EEA, CONTROL = "health-data-in-eea", "health-data-under-eu-control"


def screen(of: Report, language: str = "en", **asked: Any) -> str:
    """What is told unasked, with whatever is asked for besides."""
    return REPORTS["text"](of, language, Style(**{"color": False, "width": 80, **asked}))


def squeezed(rendered: str) -> str:
    """The text without line breaks and indents, to look for sentences in."""
    return " ".join(rendered.replace("\u00a0", " ").split())


def many(count: int, different: bool = True, how: How = How.DECLARED) -> Report:
    """So many buckets in the same place; ``different``: what is found of each differs."""
    buckets = [resource(f"aws_s3_bucket.b{n}", f"b{n}.tf", 1) for n in range(count)]
    claims = (health(None, how),)
    places = [placement() for _ in buckets]
    found = [
        finding(EEA, one, place, said(f"of b{n}" if different else "of b"), claims=claims, sources=(SEAT,))
        for n, (one, place) in enumerate(zip(buckets, places, strict=True))
    ]  # fmt: skip
    placed = [
        Placed(one, Classes(claims), (place,))
        for one, place in zip(buckets, places, strict=True)
    ]
    return report(placed, found)


def waiting(counts: dict[str, int]) -> Report:
    """So many buckets that wait for each cause."""
    found = [
        finding(
            EEA, resource(f"a.{name}{n}", f"{name}.tf", n + 1), placement(), said("x"),
            verdict=Verdict.UNPROVEN, cause=Cause("thing", name, said(f"the {name} isn't known")),
        )
        for name, count in counts.items()
        for n in range(count)
    ]  # fmt: skip
    return report([], found)


def scanned(folder: Path, text: str, *options: str) -> str:
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["scan", str(folder), *options, "--lang", "en"]).stdout


# --- order and length


def test_the_map_comes_first_then_violations_then_what_is_open_then_counts() -> None:
    told = replace(
        everything(), next_steps=(NextStep(("sovlint", "init"), said("Then this:")),)
    )
    lines = screen(told).splitlines()
    heads = (
        "Where data lands, worst first",
        "Violations, worst first (1 placement)",
        "Not proved, by what it waits for (placements)",
        "Next",
    )
    found = [lines.index(head) for head in heads if head in lines]
    assert found == sorted(found)
    assert lines[0] == heads[0]
    assert lines[-1] == "    sovlint init"
    assert "3 violations, 2 unproven, 2 compliant" in squeezed(screen(told))


@pytest.mark.parametrize("language", ["en", "fr"])
@given(
    violating=st.integers(0, 40),
    open_questions=st.integers(0, 40),
    notes=st.integers(0, 40),
    failed=st.integers(0, 9),
)
def test_no_screen_is_longer_than_a_hundred_lines(
    language: str, violating: int, open_questions: int, notes: int, failed: int
) -> None:
    asked = waiting({f"c{number}": number + 1 for number in range(open_questions)})
    found = many(violating)
    whole = replace(
        found,
        findings=(*found.findings, *asked.findings),
        remarks=tuple(Remark(said(f"note {n} {'long ' * 40}"), f"f{n}", 1) for n in range(notes)),
        failures=tuple(Failure(f"f{n}.tf", 2, 1, said(f"it ends {n}")) for n in range(failed)),
    )  # fmt: skip
    assert screen(whole, language).count("\n") <= TALLEST


@pytest.mark.parametrize("policies", [1, 2, 4, 9])
@pytest.mark.parametrize("placements", [1, 2, 30])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_group_is_told_in_eighteen_lines_whatever_it_violates(
    policies: int, placements: int, language: str
) -> None:
    claims = (health(None),)
    placed, found = [], []
    for number in range(placements):
        bucket = resource(f"aws_s3_bucket.b{number}", f"deep/er/b{number}.tf", 4)
        place = placement()
        placed.append(Placed(bucket, Classes(claims), (place,)))
        found += [
            finding(f"p{one}", bucket, place, said(f"{one}: {'words ' * 40}"), claims=claims)
            for one in range(policies)
        ]
    told = screen(report(placed, found), language, limit=1)
    group = told.split("\n\n")[1].splitlines()
    assert len(group) <= TALLEST_GROUP + (0 if placements == 1 else 1)


def test_one_bucket_is_told_in_thirty_lines(tmp_path: Path) -> None:
    provider = 'provider "aws" {\n  region = "us-east-1"\n}\n'
    bucket = 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n'
    told = scanned(tmp_path, provider + bucket).splitlines()
    assert len(told) <= 30, told


@pytest.mark.parametrize(
    ("asked", "shown", "left"), [({}, 5, 7), ({"limit": 3}, 3, 9), ({"limit": 30}, 12, 0)]
)
def test_violations_are_capped_and_the_rest_is_counted(
    asked: dict[str, Any], shown: int, left: int
) -> None:
    rendered = screen(many(12), **asked)
    assert rendered.count("error: of b") == shown
    assert (f"and {left} more placements that violate" in squeezed(rendered)) is bool(left)
    assert "12 violations, 0 unproven, 0 compliant" in rendered, "all of them count"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("of", [everything, lambda: many(30)])
def test_a_narrow_terminal_has_words_instead_of_a_table(
    language: str, of: Callable[[], Report]
) -> None:
    rendered = screen(of(), language, width=40)
    assert "VERDICT  " not in rendered
    for line in rendered.splitlines():
        longest = max(map(columns_of, line.split()), default=0)
        is_command = "sovlint explain" in line  # a command is copied whole
        assert columns_of(line) <= 40 or longest > 20 or is_command


# --- violations


def test_what_breaks_the_same_with_one_company_is_one_group() -> None:
    rendered = squeezed(screen(many(7, different=False)))
    assert "Violations, worst first (7 placements)" not in rendered, (
        "one group needs no title"
    )
    assert "7 placements (at rest)" in rendered
    assert "--> b0.tf:1:1 aws_s3_bucket.b0" in rendered
    assert "and 4 more places" in rendered


@pytest.mark.parametrize(
    ("rests_on", "cites", "words"),
    [
        (("law", "referential"), (), "against law, if it binds: "),
        (("law",), (SEAT,), "against law: "),
        (("referential",), (), "against doctrine: "),
        (("doctrine", "risk"), (), "against doctrine: "),
        (("risk",), (), "against this set's choice: "),
        ((), (), "against this set's choice: "),
    ],
)
def test_law_doctrine_and_choice_are_told_apart(
    rests_on: tuple[str, ...], cites: Any, words: str
) -> None:
    """A law of which it is stated that it binds brings its own texts: no "if" then."""
    applies = Bilingual("if it binds", "si elle lie")
    policies = {**POLICIES, EEA: replace(POLICIES[EEA], rests_on=rests_on, applies=applies)}
    found = finding(EEA, DATABASE, PARIS, said("outside"), claims=(health(None),))
    found = replace(found, rests_on=rests_on, cites=cites)
    placed = Placed(DATABASE, Classes(found.claims), (PARIS,))
    told = screen(report([placed], [found], policies=policies))
    assert f"  {words}outside" in told


def test_the_law_comes_first_and_what_fails_no_build_says_so() -> None:
    of_choice = replace(
        finding(CONTROL, DATABASE, PARIS, said("chosen"), severity=Severity.WARNING),
        rests_on=("risk",),
    )
    of_law = replace(finding(EEA, DATABASE, PARIS, said("forbidden")), rests_on=("law",))
    claims = (health(None),)
    placed = Placed(DATABASE, Classes(claims), (PARIS,))
    both = [replace(one, claims=claims) for one in (of_choice, of_law)]
    told = screen(report([placed], both))
    assert told.index("forbidden [") < told.index(
        "against this set's choice (warning): chosen"
    )


@pytest.mark.parametrize(
    ("how", "is_supposed"),
    [(How.DECLARED, False), (How.INFERRED, True), (How.DEFAULT, True)],
)
def test_what_is_supposed_is_never_told_as_a_fact(how: How, is_supposed: bool) -> None:
    assert ("error: Supposed: " in screen(many(3, False, how))) is is_supposed


def test_the_map_says_what_is_assumed() -> None:
    told = screen(replace(many(2), assumed="health")).splitlines()[0]
    assert told == "Where data lands if what says nothing is health, worst first"


def test_what_keeps_data_comes_before_what_handles_it(tmp_path: Path) -> None:
    told = scanned(
        tmp_path,
        'provider "aws" { region = "us-east-1" }\n'
        'resource "aws_lambda_function" "a" { tags = { data_class = "health" } }\n'
        'resource "google_storage_bucket" "b" {\n  location = "us-east1"\n  labels = { data_class = "health" }\n}\n',
    )
    assert told.index("main.tf:3") < told.index("main.tf:2:1")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_map_names_every_company_that_it_may_be(language: str) -> None:
    among = unset("cloud", "aws", "microsoft-azure", "ovh")
    names = ("Amazon Web Services", "Microsoft Azure", "OVHcloud")
    place = placement(provider=among, provider_name="", country=unset("region"))
    one = finding(CONTROL, DATABASE, place, said("Who", "Qui"))
    world = World(providers=dict(zip(("aws", "microsoft-azure", "ovh"), names, strict=True)))
    found = report([Placed(one.resource, Classes(), (place,))], [one], world=world)
    table = screen(found, language).split("\n\n", 1)[0].splitlines()
    assert not any("…" in line for line in table)
    for name in names:
        assert any(name in line for line in table)


# --- what isn't proved


def test_what_is_open_is_a_line_each_what_settles_most_first() -> None:
    lines = screen(waiting({f"c{number}": number for number in range(2, 12)})).splitlines()
    at = lines.index("Not proved, by what it waits for (placements)")
    assert lines[at + 1 : at + 4] == [
        "  11  the c11 isn't known c11.tf:1:1",
        "  10  the c10 isn't known c10.tf:1:1",
        "   9  the c9 isn't known c9.tf:1:1",
    ]
    assert lines[at + 7] == "  and 14 more (`--full`)"


def test_contracts_with_one_company_are_one_question(tmp_path: Path) -> None:
    """One answer settles them, whatever services it must name."""
    found = [
        finding(
            EEA, resource(f"a.{service}", f"{service}.tf", 1), placement(), said("x"),
            verdict=Verdict.UNPROVEN, cause=Cause("hds-contract", f"aws/{service}", said("sign it"), "hds"),
        )
        for service in ("storage", "sql")
    ]  # fmt: skip
    world = World(
        providers={"aws": "Amazon"}, qualifications={"hds": Bilingual("HDS", "HDS")}
    )
    told = squeezed(screen(report([], found, world=world)))
    assert (
        "2 HDS of Amazon: held under contract alone; attest it once you signed, for sql, storage sql.tf:1:1"
        in told
    )


def test_what_is_not_proved_is_no_violation() -> None:
    told = screen(waiting({"a": 3}))
    assert "error" not in told.partition("Not proved")[0]


# --- notes, counts, what to do next


def noted(*remarks: tuple[str, Note]) -> str:
    found = tuple(Remark(note, path, 1) for path, note in remarks)
    return squeezed(screen(report([], [], remarks=found)))


def test_notes_of_one_kind_are_one_line_with_the_first_three_places() -> None:
    same = [(f"charts/c{number:02}.yaml", said("it isn't rendered")) for number in range(97)]
    places = "charts/c00.yaml:1, charts/c01.yaml:1, charts/c02.yaml:1"
    assert f"{places} and 94 more: it isn't rendered" in noted(*same)
    assert "c03" not in noted(*same)


def test_of_notes_of_one_kind_that_differ_the_first_speaks() -> None:
    told = noted(
        *((f"m{number:02}", said(f"{number} of {number}")) for number in range(1, 15))
    )
    assert "m01:1: 1 of 1 (13 more of this kind: m02:1, m03:1 and 11 more)" in told


def test_files_that_fail_alike_are_told_together_and_all_counted() -> None:
    broken = tuple(
        Failure(f"f{number}.tf", 2, 1, said("it ends early")) for number in range(9)
    )
    told = squeezed(screen(report([], [], failures=broken)))
    assert "f0.tf:2:1, f1.tf:2:1, f2.tf:2:1 and 6 more: it ends early" in told
    assert "This report is incomplete: 9 files" in told


def test_what_is_wrong_with_the_evidence_is_told_once_a_policy() -> None:
    def about(number: int) -> Finding:
        where = resource(f"aws_s3_bucket.a{number}", f"a{number}.tf", 3)
        return finding(
            "data-class-known", where, None, said("helth means nothing"), severity=Severity.WARNING
        )  # fmt: skip

    policies = {
        **POLICIES,
        "data-class-known": replace(POLICIES[EEA], id="data-class-known", data=()),
    }
    told = squeezed(screen(report([], [about(1), about(2)], policies=policies)))
    assert (
        "warning [data-class-known], 2 times, first at a1.tf:3:1: Helth means nothing."
        in told
    )


def test_that_nothing_was_judged_stands_once() -> None:
    unlabelled = report([Placed(DATABASE, Classes(), (PARIS,))], [])
    unlabelled = replace(unlabelled, coverage=replace(unlabelled.coverage, classified=0))
    assert screen(unlabelled).count("NOTHING WAS JUDGED") == 1
    assert "NOTHING" not in screen(unlabelled, warns=False), "stderr says it then"


def test_commands_are_copied_whole() -> None:
    command = ("sovlint", "label", 'aws_s3_bucket.files["a"]', "health")
    told = replace(many(1), next_steps=(NextStep(command, said("Label this:")),))
    assert screen(told).splitlines()[-2:] == [
        "  Label this:",
        """    sovlint label 'aws_s3_bucket.files["a"]' health""",
    ]
