"""The text report: how it reads as a whole, and what it must and must never say."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from sovlint.model.findings.finding import (
    Coverage,
    Finding,
    Report,
    Verdict,
)
from sovlint.model.placement import Classes, Placed
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.text import Note
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style, columns_of
from tests.report.build import (
    DATABASE,
    DECREE,
    PARIS,
    PROVIDER_BLOCK,
    SEAT,
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
    """All that there is to tell."""
    return REPORTS["text"](of, language, Style(color, width, full=True))


def squeezed(rendered: str) -> str:
    """The text without line breaks and indents, to look for sentences in."""
    return " ".join(rendered.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_reads_well(language: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"text.{language}.txt", text(everything(), language))


def test_what_is_said_of_several_placements_of_a_resource_is_said_once() -> None:
    nowhere = Note(
        "policy.headline",
        {"data": "Data", "role": "at rest", "provider": "X", "place": "", "found": "F"},
    )
    twice = [
        finding(policy, DATABASE, placement(), nowhere)
        for policy in ("p", "q")
        for _ in range(2)
    ]
    shown = squeezed(text(report([], twice)))
    assert [shown.count(f"[{policy}]") for policy in ("p", "q")] == [1, 1]
    assert shown.count("(2 placements)") == 2


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
    first = lines[lines.index("Findings, worst first") + 1]
    assert first.startswith(
        "error[health-data-under-eu-control]: Health data lands at Amazon Web Services"
    )
    assert any(line.startswith("unproven[health-data-in-eea] (warning): ") for line in lines)


def test_frames_of_one_placement_stand_once_however_many_policies() -> None:
    claims = database_findings()[0].claims
    several = [
        finding(f"policy-{name}", DATABASE, PARIS, said(name), claims=claims)
        for name in "abcd"
    ]
    rendered = text(report([], several))
    assert rendered.count("health data declared here") == 1
    assert rendered.count("error[policy-") == 4


def test_basis_remedy_and_sources_of_a_policy_are_told_once() -> None:
    rendered = squeezed(text(everything()))
    assert (
        rendered.count("Move the data to a provider that EU or EEA states alone can compel.")
        == 1
    )
    assert rendered.count("= rests on: health-data-under-eu-control: doctrine, risk [1]") == 1
    assert rendered.count("= evidence: [2] [3]") == 1
    assert rendered.count("sovlint explain POLICY") == 1


def test_sources_are_numbered_and_listed_once() -> None:
    rendered = text(everything())
    assert rendered.count("https://example.org/18-usc-2713") == 1
    assert "[3] the seat of the operator (background knowledge, no source read)" in rendered


def test_evidence_that_is_new_is_still_referred_to() -> None:
    other = resource("aws_s3_bucket.other", "main.tf", 1)
    later = finding(
        "health-data-under-eu-control", other, PARIS, said("later"), sources=(SEAT, DECREE)
    )
    rendered = text(report([], [*database_findings(), later]))
    assert rendered.count("= evidence:") == 2
    assert "= evidence: [4]\n" in rendered or "= evidence: [3]\n" in rendered


def remarked(name: str, policy: str, note: Note) -> Finding:
    """A finding on a resource of its own, so that it has a block of its own."""
    return finding(
        policy,
        resource(f"a.{name}", f"{name}.tf", 1),
        PARIS,
        said(f"of {name}"),
        remarks=(note,),
    )


def test_a_remark_is_made_once_a_policy() -> None:
    same = said("The same.")
    found = [
        remarked("a", "one", same),
        remarked("b", "one", same),
        remarked("c", "two", same),
    ]
    assert text(report([], found)).count("= note: The same.") == 2


def test_a_general_remark_is_made_once() -> None:
    assumed = Note("policy.class-assumed")
    found = [
        remarked("a", "one", assumed),
        remarked("b", "one", assumed),
        remarked("c", "two", assumed),
    ]
    assert text(report([], found)).count("= note: The data class is assumed") == 1


def test_a_place_that_was_shown_is_referred_to_by_path_and_line() -> None:
    found = [
        finding(
            "p",
            resource(f"a.{name}", f"{name}.tf", 1),
            PARIS,
            said(name),
            because=(PROVIDER_BLOCK,),
        )
        for name in "ab"
    ]
    rendered = text(report([], found))
    assert rendered.count("provider configured here") == 1
    assert (
        rendered.count("= shown above: envs/prod/providers.tf:2 envs/prod/variables.tf:7")
        == 1
    )


def test_resources_that_are_alike_share_a_block_and_keep_their_places() -> None:
    found = [
        finding(
            "p", resource(f"aws_s3_bucket.{line}", "main.tf", line), PARIS, said("outside")
        )
        for line in range(1, 200, 20)
    ]
    rendered = text(report([], found))
    assert rendered.count("error[p]") == 1
    for one in found[1:]:
        place = f"main.tf:{one.resource.where.span().line}:1"
        assert f"= also: {place} {one.resource.address}\n" in rendered
    assert "10 violations" in rendered


def test_compliant_resources_that_are_alike_keep_their_places() -> None:
    found = [
        finding(
            "p",
            resource(f"a.{line}", "main.tf", line),
            PARIS,
            said("inside"),
            verdict=Verdict.COMPLIANT,
        )
        for line in (1, 20)
    ]
    rendered = text(report([], found, show_compliant=True))
    assert rendered.count("compliant[p]") == 1
    assert " --> main.tf:1:1 a.1, in envs/prod\n --> main.tf:20:1 a.20\n" in rendered


def test_laws_and_long_reasons_are_given_once() -> None:
    laws = Note("policy.state-laws", {"state": "Ruritania", "laws": ("Act 1", "Act 2")})
    why = said("there is no end to the reasons why this cannot be proved")

    def one(name: str) -> Finding:
        found = (
            Note("policy.control.violation", {"states": (laws,), "area": "EEA"}),
            Note("policy.control.unproven", {"why": why, "area": "EEA"}),
        )
        params = {
            "data": "Data",
            "role": "here",
            "provider": "with X",
            "place": name,
            "found": found,
        }
        return finding(
            "p",
            resource(f"a.{name}", f"{name}.tf", 1),
            PARIS,
            Note("policy.headline", params),
        )

    rendered = squeezed(text(report([], [one("a"), one("b")])))
    assert rendered.count("Ruritania (Act 1, Act 2)") == 1
    assert (
        "Data here with X, b, within reach of law from outside the EEA: Ruritania, can't be proved"
        in rendered
    )
    assert rendered.count("there is no end to the reasons") == 1
    assert "under control from the EEA alone (as above)" in rendered


def test_compliant_findings_have_no_block() -> None:
    rendered = text(everything())
    assert "Health data stays in France." not in rendered
    assert "2 compliant" in rendered


def test_compliant_findings_are_shown_when_asked_for() -> None:
    rendered = text(replace(everything(), show_compliant=True))
    assert "compliant[health-data-in-eea]: Health data stays in France." in rendered


def test_what_was_not_proved_is_grouped_by_reason() -> None:
    rendered = squeezed(text(everything()))
    details = "region: var.region, existence: var.cdn, data class: var.tags"
    assert f"a variable has no value: 2 cases ({details})" in rendered


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
    rendered = squeezed(
        text(report([bare], coverage=Coverage(files=1, resources=1, placed=1)), language)
    )
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
    assert "NOTHING WAS JUDGED: no resource was found." in text(
        report(coverage=Coverage(files=2))
    )


def test_what_is_judged_is_not_called_unjudged() -> None:
    for one in (
        everything(),
        report([], database_findings()),
        report(coverage=Coverage(resources=4, classified=1)),
    ):
        assert "NOTHING WAS JUDGED" not in text(one)


def test_coverage_that_falls_short_says_so() -> None:
    half = Coverage(files=1, resources=4, placed=4, classified=2)
    assert "less than the 51 % asked for" in squeezed(
        text(report(coverage=half, min_classified=51))
    )
    assert "asked for" not in text(report(coverage=half, min_classified=50))


def test_an_assumed_class_and_unjudged_roles_are_said() -> None:
    rendered = squeezed(text(report(assumed="health", unjudged_roles=2)))
    assert "Where no class is declared, health is assumed (--assume)." in rendered
    assert "2 resources weren't judged: their role isn't known" in rendered


def test_resources_left_out_by_the_reading_of_the_scope_are_said() -> None:
    rendered = squeezed(text(report(hds_scope="care-only", left_out=2)))
    assert "Read with hds_scope: care-only, by which 2 resources are left out" in rendered
    assert "hds_scope" not in text(report())


def test_nothing_scanned_reaches_the_terminal_raw() -> None:
    evil = "\x1b]0;owned\x07\u202e"
    about = resource(
        f"aws_s3_bucket.{evil}", f"{evil}.tf", 1, root=evil, variant=evil, type=evil
    )
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
    assert "unknown region, FR" in squeezed(rendered)


def test_a_placement_is_one_line_with_the_name_of_the_provider_where_it_fits() -> None:
    def placed(width: int, **changes: str) -> str:
        one = finding("p", DATABASE, placement(**changes), said("x"))
        return (
            squeezed(text(report([], [one]), width=width))
            .split("= placed: ")[1]
            .split(" = ")[0]
        )

    facts = "eu-west-3, FR · control US · technology US"
    assert placed(120).startswith(f"at rest · Amazon Web Services (aws) · {facts}")
    assert placed(80).startswith(f"at rest · aws · {facts}")


def test_order_of_findings_does_not_matter() -> None:
    one = everything()
    shuffled = list(one.findings)
    random.Random(7).shuffle(shuffled)
    assert text(replace(one, findings=tuple(shuffled))) == text(one)
