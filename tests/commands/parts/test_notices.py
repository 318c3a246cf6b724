"""What is said on stderr beside the report."""

from __future__ import annotations

import pytest

from sovlint.commands.parts.notices import notices
from sovlint.model.findings.finding import Coverage, Report
from sovlint.model.resources.reading import Failure
from sovlint.model.text import Note


def report(coverage: Coverage, failures: int = 0, facts_only: bool = False) -> Report:
    return Report(
        as_of="2026-11-24", catalogue_date="2026-11-24", policy_set="strict", placed=(), flows=(), findings=(),
        failures=(Failure("broken.tf", 4, 1, Note("terraform.syntax")),) * failures, remarks=(),
        coverage=coverage, policies={}, facts_only=facts_only,
    )  # fmt: skip


def said(
    given: Report,
    language: str = "en",
    min_classified: int | None = None,
    allow: bool = False,
) -> list[str]:
    return list(notices(given, language, min_classified, allow))


def test_nothing_where_all_is_well() -> None:
    assert said(report(Coverage(files=1, resources=2, classified=1))) == []


def test_no_class_at_all_is_no_clean_bill() -> None:
    (english,) = said(report(Coverage(files=1, resources=2)))
    assert "NOTHING WAS JUDGED" in english
    assert "`data:`" in english
    assert "--assume health" in english
    (french,) = said(report(Coverage(files=1, resources=2)), "fr")
    assert "RIEN N'A ÉTÉ JUGÉ" in french
    assert "--assume health" in french


def test_what_a_terminal_shows_already_is_not_said_again() -> None:
    nothing, failed = (
        report(Coverage(files=1, resources=2)),
        report(Coverage(files=1), failures=1),
    )
    assert list(notices(nothing, "en", None, False, warned=True)) == []
    assert len(list(notices(failed, "en", None, False, warned=True))) == 1


def test_facts_judge_nothing_anyway() -> None:
    assert said(report(Coverage(files=1, resources=2), facts_only=True)) == []


def test_nothing_to_scan_and_nothing_found_are_two_things() -> None:
    assert [text.split(":")[0] for text in said(report(Coverage()))] == ["Nothing to scan"]
    assert said(report(Coverage(files=1))) == [
        "NOTHING WAS JUDGED: no resource was found. This is not a clean result."
    ]
    assert said(report(Coverage(files=1), facts_only=True)) == [
        "No resource was found in the files that were read."
    ]


def test_failures_name_the_exit_code_and_how_to_accept_them() -> None:
    coverage = Coverage(files=3, failed=2, resources=1, classified=1)
    (refused,) = said(report(coverage, failures=2))
    assert "failures: 2" in refused
    assert "--allow-failures" in refused
    (allowed,) = said(report(coverage, failures=2), allow=True)
    assert "that was allowed" in allowed


@pytest.mark.parametrize(("percent", "sentences"), [(33, 0), (34, 1)])
def test_too_few_resources_with_a_class(percent: int, sentences: int) -> None:
    found = said(report(Coverage(files=1, resources=3, classified=1)), min_classified=percent)
    assert len(found) == sentences
    assert all("1 of 3 resources" in text and f"{percent} %" in text for text in found)
