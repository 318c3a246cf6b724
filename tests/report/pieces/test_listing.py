"""What formats share: order, sentences, and what must be looked after."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.model.exception import Kind, State
from sovlint.model.findings.finding import Severity, Verdict
from sovlint.model.placement import Source
from sovlint.report.pieces import listing
from tests.report.build import (
    HEARSAY,
    PARIS,
    database_findings,
    finding,
    report,
    resource,
    said,
)
from tests.report.excused import audited, differing, excused, violation


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("none of it is known", "None of it is known."),
        ("Health data.", "Health data."),
        ("is it?", "Is it?"),
        ("var.region has no value", "var.region has no value."),
        ("… within reach", "… within reach."),
        ("`x` is y", "`x` is y."),
        ("élargi", "Élargi."),
        ("", "."),
    ],
)
def test_sentences(words: str, expected: str) -> None:
    assert listing.sentence(words) == expected


def test_a_sentence_is_cut() -> None:
    assert listing.sentence("a b" * 9000) == f"A b{'a b' * 9000}"[: listing.LONGEST - 1] + "…"


def test_listed_and_counting() -> None:
    of = replace(excused(), findings=(*excused().findings, *database_findings()))
    assert len(listing.listed(of)) == 5
    assert len(listing.listed(replace(of, show_compliant=True))) == 6
    assert [one.suppressed is not None for one in listing.listed(of)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert len(listing.counting(of)) == 2
    assert all(one.counts for one in listing.counting(of))


def test_lapsed_ones_by_state_then_place() -> None:
    later = audited(State.EXPIRED, policies=("z",))
    of = report(exceptions=(audited(State.UNUSED), audited(State.USED), audited(State.INVALID), later,
                            audited(State.EXPIRED)))  # fmt: skip
    found = [(one.state, one.policies) for one in listing.lapsed(of.exceptions)]
    assert found == [
        (State.EXPIRED, ("health-data-in-eea",)), (State.EXPIRED, ("z",)), (State.INVALID, ("health-data-in-eea",)),
        (State.UNUSED, ("health-data-in-eea",)),
    ]  # fmt: skip


def test_compared_where_there_is_something_to_compare_with() -> None:
    assert listing.compared(differing())
    assert listing.compared(excused())
    assert listing.compared(report(exceptions=(audited(State.UNUSED, Kind.BASELINE),)))
    assert not listing.compared(
        report([], [violation("x", Kind.WAIVER)], exceptions=(audited(State.EXPIRED),))
    )


def test_severities_in_order() -> None:
    found = [
        violation(each.value, severity=each)
        for each in (Severity.NOTE, Severity.ERROR, Severity.ERROR)
    ]
    assert list(listing.severities(found).items()) == [
        (Severity.ERROR, 2),
        (Severity.NOTE, 1),
    ]


def test_a_headline_without_what_another_says_too() -> None:
    found = finding(
        "p", resource("a.b", "x.tf", 1), PARIS, said("it is so"), verdict=Verdict.UNPROVEN
    )
    assert listing.headline(found, "en") == "Unproven: it is so."
    assert listing.headline(found, "fr", said("other")) == "Non prouvé : it is so."


def test_the_first_address_that_a_browser_opens() -> None:
    ftp = Source("ftp://example.org", "", "")
    web = Source("https://example.org/x", "", "")
    assert listing.web_address((HEARSAY, ftp, web)) == "https://example.org/x"
    assert listing.web_address((HEARSAY, ftp)) is None
