"""The page for summaries and merge requests, as an independent renderer shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from sovlint.model.findings.finding import Coverage, Report
from sovlint.model.resources.reading import Failure
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from sovlint.report.scan import markdown
from tests.report.build import database_findings, everything, finding, report, resource, said
from tests.report.excused import audited, differing, excused
from tests.report.readers import kinds, links, tokens, words

PARTS = {
    "heading", "inline", "text", "text_special", "paragraph", "softbreak", "table", "thead", "tbody", "tr", "th", "td",
    "code_inline", "bullet_list", "list_item", "blockquote", "fence",
}  # fmt: skip
"""All that a page is made of."""


def page(of: Report, language: str = "en") -> str:
    return REPORTS["markdown"](of, language, Style(False, 80))


def headings(of: Report) -> list[str]:
    found = tokens(page(of))
    return [
        words(found[at + 1].content)
        for at, token in enumerate(found)
        if token.type == "heading_open"
    ]


def cells(rendered: str) -> list[list[str]]:
    """Every row of every table, as read."""
    rows: list[list[str]] = []
    for at, token in enumerate(found := tokens(rendered)):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            rows[-1].append(
                "".join(each.content for each in found[at + 1].children or []).replace(
                    "\u2060", ""
                )
            )
    return rows


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_reads_well(language: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"markdown.{language}.md", page(everything(), language))


def test_exceptions_and_changes_read_well(snapshot: Callable[[str, str], None]) -> None:
    snapshot(
        "markdown.excused.md", page(replace(differing(), exceptions=excused().exceptions))
    )


@pytest.mark.parametrize(
    "of", [everything, excused, differing, report], ids=lambda build: build.__name__
)
def test_pages_are_made_of_little_and_lead_nowhere(of: Callable[[], Report]) -> None:
    assert kinds(page(of())) <= PARTS
    assert links(page(of())) == []


def test_sections_come_where_there_is_something_to_say() -> None:
    assert headings(everything()) == [
        "sovlint: 3 violations, 2 unproven, 2 compliant", "Not read", "Findings", "Not proved, by reason",
        "Also noted", "What this covers",
    ]  # fmt: skip
    assert headings(report([], database_findings()[1:])) == [
        "sovlint: 0 violations, 0 unproven, 1 compliant", "What this covers",
    ]  # fmt: skip
    assert headings(excused()) == [
        "sovlint: 1 violation, 0 unproven, 0 compliant, 3 suppressed", "Findings", "Exceptions to look after",
        "What this covers",
    ]  # fmt: skip
    assert headings(differing())[2] == "Gone"


def test_rows_of_findings_worst_first() -> None:
    header, *rows = cells(page(everything()))
    assert header == ["Verdict", "Policy", "Place", "Resource", "What is found", "Data"]
    assert rows[0] == [
        "error (violation)", "health-data-under-eu-control", "modules/claims/main.tf:12",
        "module.claims.aws_db_instance.claims, in envs/prod",
        "Health data lands at Amazon Web Services, which the United States can compel (CLOUD Act), in eu-west-3 "
        "(France).", "health (declared)",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["error (violation)"] * 3 + ["warning (unproven)"] * 2


def test_compliant_ones_when_asked_for() -> None:
    rows = cells(page(report([], database_findings(), show_compliant=True)))[1:]
    assert [row[0] for row in rows] == ["error (violation)", "compliant"]


def test_exceptions_that_must_be_looked_after() -> None:
    rows = cells(page(excused()))
    table = rows[rows.index(["State", "Kind", "Policy", "Place", "Until", "Why"]) + 1 :]
    assert table == [
        [
            "expired",
            "waiver",
            "health-data-in-eea",
            "envs/prod/expired.tf:5",
            "2026-10-01",
            "It is expired. a trial",
        ],
        [
            "invalid",
            "ignore comment",
            "health-data-in-eea",
            "envs/prod/invalid.tf:5",
            "",
            "It is invalid.",
        ],
        [
            "unused",
            "baseline",
            "health-data-in-eea",
            "envs/prod/unused.tf:5",
            "",
            "It is unused. a trial",
        ],
    ]


def test_what_changed() -> None:
    seen = words(page(differing()))
    assert (
        "Since origin/main (0123456789ab): 1 finding is new, 1 is gone, 1 was there already."
        in seen
    )
    assert "2 files couldn't be read at origin/main" in seen
    assert "health-data-under-eu-control aws_s3_bucket.gone" in seen


def test_nothing_judged_is_the_headline_and_a_warning() -> None:
    of = report(coverage=Coverage(files=1, resources=3, placed=3))
    assert headings(of)[0] == "sovlint: nothing was judged"
    assert "> [!WARNING]\n> NOTHING WAS JUDGED: no resource carries a data class" in page(of)


def test_what_was_not_read_is_said_at_once() -> None:
    rendered = page(everything())
    assert "This report is incomplete" in rendered.split("###")[0]
    assert "- `broken.tf:4:9`: a block isn't closed" in rendered


def test_what_compliant_means_is_always_said() -> None:
    for of in (everything(), excused(), report()):
        assert "it means no more." in page(of)


def test_a_page_is_never_more_than_github_takes() -> None:
    """Every section as long and as hard to write as a scanned file can make it."""
    compared = differing().difference
    assert compared is not None
    evil = "@a:" * 400 + "\U0001f600" * 300
    about = [resource(f"a.{evil}{number}", f"{evil}/{number}.tf", 1) for number in range(600)]
    findings = [finding(evil, one, None, said(evil)) for one in about]
    of = report(
        [], findings,
        failures=tuple(Failure(f"{evil}{number}", 1, 1, said(evil)) for number in range(200)),
        exceptions=tuple(replace(each, reason=f"{evil}{number}") for each in excused().exceptions
                         for number in range(200)),
        difference=replace(compared, base=evil, removed=tuple(findings)),
        policy_set=evil,
    )  # fmt: skip
    rendered = page(of)
    assert 800_000 < len(rendered.encode()) < 1024 * 1024
    assert kinds(rendered) <= PARTS


def test_rows_left_out_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "ROOM", {**markdown.ROOM, "findings": 600, "exceptions": 0})
    rendered = page(
        replace(everything(), exceptions=(audited(excused().exceptions[2].state),))
    )
    rows = cells(rendered)
    assert len(rows) == 1 + 2 + 1
    assert "3 more rows; `sovlint scan --format json` has them." in rendered
    assert "1 more row; `sovlint scan --format json` has it." in rendered
