"""The text report: how it reads as a whole, and what it must and must never say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from sovlint.model.finding import Coverage, Report
from sovlint.model.placement import Classes, Placed
from sovlint.model.resource import Failure, Remark
from sovlint.report import REPORTS
from sovlint.report.style import Style, columns_of
from tests.report.build import (
    DATABASE,
    PARIS,
    database_findings,
    everything,
    finding,
    placement,
    report,
    resource,
    said,
    step,
    unset,
)


def text(of: Report, language: str = "en", color: bool = False, width: int = 80) -> str:
    return REPORTS["text"](of, language, Style(color, width))


def squeezed(rendered: str) -> str:
    """The text without line breaks and indents, to look for sentences in."""
    return " ".join(rendered.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_reads_well(language: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"text.{language}.txt", text(everything(), language))


def test_colours_read_well(snapshot: Callable[[str, str], None]) -> None:
    coloured = text(report([], database_findings(), show_compliant=True), color=True)
    snapshot("text.colour.txt", coloured.replace("\x1b", "\\e"))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_lines_fit_unless_a_word_does_not(language: str, width: int) -> None:
    for line in text(everything(), language, width=width).splitlines():
        longest = max(map(columns_of, line.split()), default=0)
        assert columns_of(line) <= width or longest > width - 20


def test_no_escape_without_colours() -> None:
    assert "\x1b" not in text(everything())


def test_each_headline_says_policy_severity_and_verdict() -> None:
    lines = text(everything()).splitlines()
    assert lines[0].startswith("error[health-data-under-eu-control]: Health data lands at Amazon Web Services")
    assert any(line.startswith("warning[health-data-in-eea] (unproven): ") for line in lines)


def test_frames_of_one_placement_stand_once_however_many_policies() -> None:
    claims = database_findings()[0].claims
    several = [finding(f"policy-{name}", DATABASE, PARIS, said(name), claims=claims) for name in "abcd"]
    rendered = text(report([], several))
    assert rendered.count("health data declared here") == 1
    assert rendered.count("error[policy-") == 4


def test_a_remedy_is_told_in_full_once_and_referred_to_after_that() -> None:
    rendered = squeezed(text(everything()))
    assert rendered.count("Move the data to a provider that EU or EEA states alone can compel.") == 1
    assert "as said above for health-data-under-eu-control; or see `sovlint explain POLICY`" in rendered


def test_sources_are_numbered_and_listed_once() -> None:
    rendered = text(everything())
    assert rendered.count("https://example.org/18-usc-2713") == 1
    assert rendered.count("= rests on: health-data-under-eu-control: doctrine, risk [1]") == 2
    assert "[3] the seat of the operator (background knowledge, no source read)" in rendered


def test_compliant_and_suppressed_findings_have_no_block() -> None:
    rendered = text(everything())
    assert "Health data stays in France." not in rendered
    assert "Google, which the United States can compel." not in rendered
    assert "1 suppressed" in rendered
    assert "moves in March, ticket 12" in rendered


def test_compliant_findings_are_shown_when_asked_for() -> None:
    rendered = text(replace(everything(), show_compliant=True))
    assert "compliant[health-data-in-eea]: Health data stays in France." in rendered


def test_what_was_not_proved_is_grouped_by_reason() -> None:
    rendered = squeezed(text(everything()))
    details = "region: var.region, existence: var.cdn, data class: var.tags"
    assert f"variable without a value: 2 cases ({details})" in rendered


def test_what_was_not_read_is_said_with_its_place() -> None:
    rendered = squeezed(text(everything()))
    assert "broken.tf:4:9: a block isn't closed" in rendered
    assert "This report is incomplete: 1 file that should have been read wasn't" in rendered
    assert "3 files were skipped" in rendered
    assert "envs/prod/staging.tfvars: staging.tfvars is not read" in rendered


@pytest.mark.parametrize(
    ("language", "meaning", "last"),
    [
        ("en", "Compliant means that the evidence in this repository and catalogue supports the policy",
         "31 of 40 resources carry a data class."),
        ("fr", "Conforme veut dire que les éléments de ce dépôt et du catalogue étayent la politique",
         "31 ressources sur 40 portent une classe de données."),
    ],
)  # fmt: skip
def test_every_report_says_what_compliant_means_once_and_ends_with_coverage(
    language: str, meaning: str, last: str
) -> None:
    for one in (everything(), report(), report([], database_findings())):
        rendered = text(one, language)
        assert squeezed(rendered).count(meaning) == 1
        assert rendered.splitlines()[-1] == last


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_label_at_all_is_no_clean_bill(language: str) -> None:
    bare = Placed(resource("aws_s3_bucket.x", "main.tf", 1), Classes(), (placement(),))
    rendered = squeezed(text(report([bare], coverage=Coverage(files=1, resources=1, placed=1)), language))
    shout, zero = {
        "en": ("NOTHING WAS JUDGED", "0 of 1 resource carries a data class."),
        "fr": ("RIEN N'A ÉTÉ JUGÉ", "0 ressource sur 1 porte une classe de données."),
    }[language]
    assert shout in rendered
    assert zero in rendered
    assert "`data:`" in rendered
    assert "`--assume health`" in rendered
    assert "0 violation" not in rendered


def test_no_resource_at_all_is_no_clean_bill() -> None:
    assert "NOTHING WAS JUDGED: no resource was found." in text(report(coverage=Coverage(files=2)))


def test_what_is_judged_is_not_called_unjudged() -> None:
    for one in (everything(), report([], database_findings()), report(coverage=Coverage(resources=4, classified=1))):
        assert "NOTHING WAS JUDGED" not in text(one)


def test_coverage_that_falls_short_says_so() -> None:
    half = Coverage(files=1, resources=4, placed=4, classified=2)
    assert "less than the 51 % asked for" in squeezed(text(report(coverage=half, min_classified=51)))
    assert "asked for" not in text(report(coverage=half, min_classified=50))


def test_an_assumed_class_and_unjudged_roles_are_said() -> None:
    rendered = squeezed(text(report(assumed="health", unjudged_roles=2)))
    assert "Where no class is declared, health is assumed (--assume)." in rendered
    assert "2 resources weren't judged: their role isn't known" in rendered


def test_nothing_scanned_reaches_the_terminal_raw() -> None:
    evil = "\x1b]0;owned\x07\u202e"
    about = resource(f"aws_s3_bucket.{evil}", f"{evil}.tf", 1, root=evil, variant=evil, type=evil)
    place = placement(region=f"r{evil}", because=(), provider_name=evil)
    because = (step(f"{evil}.tf", 3, 1, 5, evil),)
    one = report(
        [Placed(about, Classes(), ())],
        [finding("p", about, place, said(evil), because=because, remarks=(said(evil),))],
        failures=(Failure(evil, 1, 1, said(evil)),),
        remarks=(Remark(said(evil), evil, 1),),
        excerpts={(f"{evil}.tf", 1): evil, (f"{evil}.tf", 3): evil},
        coverage=Coverage(files=1, resources=1, classified=1),
    )
    rendered = text(one)
    assert all(char in "\n\u00a0" or char.isprintable() for char in rendered)
    assert rendered.count("\\x1b]0;owned\\x07\\u202e") >= 8


def test_sensitive_facts_are_not_shown() -> None:
    hidden = unset("region", "eu-west-3", "eu-south-1")
    hidden.sensitive = True
    rendered = text(report([], [finding("p", DATABASE, placement(region=hidden), said("x"))]))
    assert "eu-south-1" not in rendered
    assert "region unknown" in squeezed(rendered)


def test_order_of_findings_does_not_matter() -> None:
    one = everything()
    shuffled = list(one.findings)
    random.Random(7).shuffle(shuffled)
    assert text(replace(one, findings=tuple(shuffled))) == text(one)
