"""The text report: how it reads as a whole, and what it must and must never say."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import (
    Coverage,
    Finding,
    Report,
    Severity,
    ToLabel,
    Verdict,
)
from sovlint.model.placement import Classes, How, Placed
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.text import Note
from sovlint.model.world import World
from sovlint.report import REPORTS
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.style import Style, columns_of
from sovlint.report.run import label_first
from sovlint.report.scan.text import LIMIT, MOST_CAUSES, MOST_LISTED
from tests.report.build import (
    DATABASE,
    DECREE,
    PARIS,
    PROVIDER_BLOCK,
    SEAT,
    TAG,
    database_findings,
    everything,
    finding,
    health,
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


def screens(of: Report, language: str = "en", **asked: Any) -> str:
    """What is told unasked, with whatever is asked for besides."""
    return REPORTS["text"](of, language, Style(**{"color": False, "width": 80, **asked}))


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
    assert any(line.startswith("warning[health-data-in-eea] (unproven): ") for line in lines)


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


def many(count: int) -> Report:
    """So many buckets in the same place, each told by itself, and no cause in common."""
    buckets = [resource(f"aws_s3_bucket.b{n}", f"b{n}.tf", 1) for n in range(count)]
    claims = (health(None),)
    placed = [Placed(one, Classes(claims), (PARIS,)) for one in buckets]
    found = [
        finding(
            "health-data-in-eea", one, PARIS, said(f"of b{n}"), claims=claims, sources=(SEAT,)
        )
        for n, one in enumerate(buckets)
    ]
    return report(placed, found)


def test_the_map_comes_first_and_the_verdicts_last() -> None:
    lines = screens(everything()).splitlines()
    assert lines[0] == "Where data lands, worst first"
    worst = "violation Amazon Web Services FR, US FR/IT 2 health; at rest"
    assert " ".join(lines[2].split()) == worst
    assert lines[-3] == "  3 violations, 2 unproven, 2 compliant."
    assert lines[-1] == "31 of 40 resources carry a data class."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_map_names_every_company_that_it_may_be(language: str) -> None:
    among = unset("cloud", "aws", "microsoft-azure", "ovh")
    names = ("Amazon Web Services", "Microsoft Azure", "OVHcloud")
    place = placement(provider=among, provider_name="", country=unset("region"))
    one = finding("health-data-under-eu-control", DATABASE, place, said("Who", "Qui"))
    ids = ("aws", "microsoft-azure", "ovh")
    world = World(providers=dict(zip(ids, names, strict=True)))
    found = report([Placed(one.resource, Classes(), (place,))], [one], world=world)
    table = screens(found, language, width=80).split("\n\n", 1)[0].splitlines()
    assert not any("…" in line for line in table)
    for name in names:
        assert any(name in line for line in table)


@pytest.mark.parametrize(
    ("asked", "shown", "left"),
    [
        ({}, LIMIT, 12 - LIMIT),
        ({"limit": 3}, 3, 9),
        ({"limit": 0}, 0, 12),
        ({"full": True}, 12, 0),
    ],
)
def test_findings_are_capped_and_the_rest_is_counted(
    asked: dict[str, Any], shown: int, left: int
) -> None:
    rendered = screens(many(12), **asked)
    assert rendered.count("error[health-data-in-eea]: of b") == shown
    assert (f"and {left} more (`--limit" in squeezed(rendered)) is bool(left)
    assert "12 violations, 0 unproven, 0 compliant." in rendered, "all of them count"


def test_sources_are_numbers_until_they_are_asked_for() -> None:
    few = screens(many(1))
    assert "= evidence: [2]" in few
    assert "Sources" not in few.splitlines()
    assert "Numbers in brackets are sources (2): `--sources` lists them." in squeezed(few)
    for asked in ({"sources": True}, {"full": True}):
        assert SEAT.url in screens(many(1), **asked)


def unlabelled() -> Report:
    address = 'aws_s3_bucket.files["a"]'
    bucket = resource(address, "envs/prod/main.tf", 3)
    service = resource("compose:db", "compose.yaml", 2, front_end="compose", root=None)
    runs = resource("aws_lambda_function.f", "a.tf", 1)
    placed = [
        Placed(runs, Classes(), (placement(role="compute"),)),
        Placed(bucket, Classes(), (PARIS,)),
        Placed(service, Classes(), (PARIS,)),
    ]
    found = report(placed, [], coverage=Coverage(files=3, resources=3, placed=3))
    return replace(found, label_first=offered(found))


def offered(of: Report) -> tuple[ToLabel, ...]:
    """What to label first, each with a command where one could do it, as whoever tried them says."""
    first = label_first.label_first(landings(of), of)
    return tuple(
        replace(one, command=("sovlint", "label", one.resource.address, one.data_class))
        if one.resource.front_end == "terraform"
        else one
        for one in first
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_labels_the_map_stands_with_what_to_label_first(language: str) -> None:
    rendered = screens(unlabelled(), language)
    lines = [line.strip() for line in rendered.splitlines()]
    assert lines[2].startswith(("not judged  Amazon", "non jugé  Amazon"))
    first = lines.index("""sovlint label 'aws_s3_bucket.files["a"]' health""")
    then = lines.index("sovlint label aws_lambda_function.f health")
    assert first < then, "what keeps data comes before what computes with it"
    below = {"en": "below `data:` and", "fr": "sous `data:` et"}[language]
    assert f"{below} `paths:`" in squeezed(rendered)
    assert 'sovlint.yaml, `"compose.yaml": [health]`' in squeezed(rendered)
    assert "sovlint scan --assume health" in rendered


def test_that_nothing_was_judged_stands_once() -> None:
    shout = "NOTHING WAS JUDGED"
    assert screens(unlabelled()).count(shout) == 1
    assert screens(unlabelled(), warns=False).count(shout) == 0, "stderr says it then"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("of", [everything, unlabelled, lambda: many(30)])
def test_a_narrow_terminal_has_words_instead_of_a_table(
    language: str, of: Callable[[], Report]
) -> None:
    rendered = screens(of(), language, width=40)
    assert "VERDICT  " not in rendered
    for line in rendered.splitlines():
        if not line.lstrip().startswith("sovlint label"):  # a command is copied whole
            longest = max(map(columns_of, line.split()), default=0)
            assert columns_of(line) <= 40 or longest > 20


def noted(*remarks: tuple[str, Note]) -> str:
    found = tuple(Remark(note, path, 1) for path, note in remarks)
    return squeezed(screens(report([], [], remarks=found)))


def test_notes_of_one_kind_are_one_line_with_the_first_three_places() -> None:
    same = [(f"charts/c{number:02}.yaml", said("it isn't rendered")) for number in range(97)]
    places = "charts/c00.yaml:1, charts/c01.yaml:1, charts/c02.yaml:1"
    assert f"{places} and 94 more: it isn't rendered" in noted(*same)
    assert "c03" not in noted(*same)
    assert "charts/c96.yaml:1: it isn't rendered" in text(
        report([], [], remarks=tuple(Remark(note, path, 1) for path, note in same))
    )


def test_of_notes_of_one_kind_that_differ_the_first_speaks() -> None:
    told = noted(
        *((f"m{number:02}", said(f"{number} of {number}")) for number in range(1, 15))
    )
    assert "m01:1: 1 of 1 (13 more of this kind: m02:1, m03:1 and 11 more)" in told


def test_files_that_fail_alike_are_told_together_and_all_counted() -> None:
    broken = tuple(
        Failure(f"f{number}.tf", 2, 1, said("it ends early")) for number in range(9)
    )
    coverage = Coverage(files=1, failed=9, resources=1, classified=1)
    told = squeezed(screens(report([], [], failures=broken, coverage=coverage)))
    assert "f0.tf:2:1, f1.tf:2:1, f2.tf:2:1 and 6 more: it ends early" in told
    assert "This report is incomplete: 9 files" in told


def waiting(counts: dict[str, int]) -> Report:
    """So many buckets that wait for each cause."""
    found = [
        finding(
            "health-data-in-eea", resource(f"a.{name}{n}", f"{name}.tf", n + 1), placement(), said("x"),
            verdict=Verdict.UNPROVEN, cause=Cause("thing", name, said(f"the {name} isn't known")),
        )
        for name, count in counts.items()
        for n in range(count)
    ]  # fmt: skip
    return report([], found)


def test_causes_are_a_line_each_what_proves_most_first() -> None:
    of = waiting({f"c{number}": number for number in range(2, 12)})
    lines = screens(of).splitlines()
    at = lines.index("What isn't proved, by cause (placements that wait for it)")
    assert lines[at + 1 : at + 4] == [
        "  11  the c11 isn't known",
        "  10  the c10 isn't known",
        "   9  the c9 isn't known",
    ]
    assert lines[at + MOST_LISTED + 1] == "  and 4 more"
    headlines = [
        line for line in lines if line.startswith("error[health-data-in-eea] (unproven)")
    ]
    assert len(headlines) == MOST_CAUSES
    assert f"and {10 - MOST_CAUSES} more causes" in squeezed(screens(of))
    assert "0 violations, 65 unproven, 0 compliant." in lines[-3], "all of them count"


def test_causes_for_the_same_reason_are_told_apart() -> None:
    why = said("nothing says where it runs")
    found = [
        finding(
            "p", resource(f"a.{name}{n}", f"{name}.tf", n + 1), placement(), said("x"),
            verdict=Verdict.UNPROVEN, cause=Cause("cluster", name, why),
        )
        for name in ("k8s/prod", "k8s/test")
        for n in range(2)
    ]  # fmt: skip
    lines = screens(report([], found)).splitlines()
    assert "  2  k8s/prod: nothing says where it runs" in lines
    assert "  2  k8s/test: nothing says where it runs" in lines


def test_what_only_names_suggest_is_to_be_labelled_first() -> None:
    """Nobody declared anything: the map has findings, and what to label all the same, what is suspected first."""
    bucket = resource("aws_s3_bucket.patients", "z.tf", 3, root="envs/prod")
    claims = (health(None, How.INFERRED, "claims"),)
    found = [finding("health-data-in-eea", bucket, PARIS, said("x"), claims=claims)]
    rest = list(unlabelled().placed)
    suspected = report([Placed(bucket, Classes(claims), (PARIS,)), *rest], found)
    suspected = replace(suspected, label_first=offered(suspected))
    rendered = screens(suspected)
    first = rendered.index("sovlint label aws_s3_bucket.patients claims")
    assert first < rendered.index("aws_s3_bucket.files")
    assert "What to label first" not in screens(replace(suspected, assumed="health"))
    declared = Placed(DATABASE, Classes((health(TAG),)), (PARIS,))
    assert "What to label first" not in screens(report([declared, *rest], found))


def test_folders_that_wait_for_the_like_are_told_apart_by_their_ends(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    block = 'resource "aws_s3_bucket" "{0}" {{\n  tags = {{ data_class = "health" }}\n}}\n'
    for name in ("pipelines", "environment"):
        folder = tmp_path / "infra/deployments/forms" / name
        folder.mkdir(parents=True)
        (folder / "main.tf").write_text(
            'terraform {\n  backend "local" {}\n}\nprovider "aws" {}\n'
            + "".join(map(block.format, "ab")),
            "utf-8",
        )
    text = CliRunner().invoke(main, ["scan", str(tmp_path), "--lang", "en"]).stdout
    assert "…oyments/forms/pipelines: the region comes from the environment" in text
    assert "…ments/forms/environment: the region comes from the environment" in text


def test_findings_about_no_placement_are_told_where_there_is_no_room() -> None:
    many = [
        remarked(f"p{number}", "one", said(f"note {number}")) for number in range(LIMIT + 1)
    ]
    about = resource("aws_s3_bucket.a", "a.tf", 3)
    words = said("helth means nothing")
    hidden = finding("data-class-known", about, None, words, severity=Severity.WARNING)
    told = squeezed(screens(report([], [*many, hidden])))
    assert "a.tf:3:1 [data-class-known] Helth means nothing." in told


def test_what_keeps_data_comes_before_what_handles_it(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'provider "aws" { region = "us-east-1" }\n'
        'resource "aws_lambda_function" "a" { tags = { data_class = "health" } }\n'
        'resource "google_storage_bucket" "b" {\n  location = "us-east1"\n  labels = { data_class = "health" }\n}\n'
    )
    told = CliRunner().invoke(main, ["scan", str(tmp_path)]).stdout
    assert told.index("--> main.tf:3") < told.index("--> main.tf:2")
