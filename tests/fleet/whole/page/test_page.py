"""The bytes of the page: the same each time, closed to whatever a name says, and with figures that add up."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sovlint.fleet.whole.companies import companies
from sovlint.fleet.whole.page.board import board
from sovlint.fleet.whole.page.data import FIELDS, company_data, figures
from sovlint.fleet.whole.page.page import render, verdict_of
from sovlint.fleet.whole.view import FleetView, FoundLine, RepositoryLine, UseLine
from sovlint.fleet.whole.world_on_day import WorldOnDay
from tests.fleet.whole.page.views import COUNT, HOSTILE, RUN, many

WORLD = WorldOnDay(date(2026, 11, 24)).world


def test_the_same_bytes_each_time(page: Path) -> None:
    assert render(many(), WORLD, "en") == page.read_text(encoding="utf-8")


def test_a_name_ends_no_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count("<script") == text.count("</script>") == 2
    (data,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', text, re.S
    )
    names = [row[0] for row in json.loads(data)["repositories"]]
    assert len(names) == COUNT
    assert HOSTILE in names


def test_it_asks_nobody(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'; style-src 'sha256-" in text
    assert not re.search(r'(?:src|href)="(?!#)', text)


def test_an_organisation_without_anything() -> None:
    assert "0 repositories" in render(FleetView(RUN), WORLD, "fr")


def test_the_headline_counts_only_repositories_with_health_data() -> None:
    """Three use a company that the United States can compel, and one of them puts health data there."""
    uses = (
        UseLine("g/claims", "aws", ("FR", "US"), False, "FR", ("health",), 1),
        UseLine("g/mail", "aws", ("FR", "US"), False, "FR", ("contact",), 1),
        UseLine("g/site", "aws", ("FR", "US"), False, "FR", (), 4),
    )
    text = render(FleetView(RUN, uses=uses), WORLD, "en")
    assert "1 repository puts health data with 1 company" in text


def data_of(text: str) -> dict[str, list[list[Any]]]:
    """The rows of a page."""
    (data,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', text, re.S
    )
    rows: dict[str, list[list[Any]]] = json.loads(data)
    return rows


def test_what_is_told_alike_counts_as_one() -> None:
    """Two lines differ only in the role of what was found, which the page doesn't tell; so do two uses."""
    found = FoundLine(
        "g/a", "p", "violation", "warning", "aws", "FR", ("FR", "US"), ("health",), 27
    )
    use = UseLine("g/a", "aws", ("FR", "US"), False, "FR", ("health",), 3, "violation")
    text = render(
        FleetView(
            RUN, (RepositoryLine("g/a"),), (use, use), (found, replace(found, count=24))
        ),
        WORLD,
        "en",
    )
    data = data_of(text)
    of = dict(zip(FIELDS["repositories"], data["repositories"][0], strict=True))
    assert (of["found"], of["uses"]) == ([0, 51], [0, 6])


def test_of_how_many_repositories_the_health_data_is() -> None:
    """Of three repositories that use AWS, one puts health data there and another only other data."""
    uses = (
        UseLine("g/claims", "aws", ("FR", "US"), False, "FR", ("health",), 1),
        UseLine("g/mail", "aws", ("FR", "US"), False, "FR", ("contact",), 1),
        UseLine("g/site", "aws", ("FR", "US"), False, "FR", (), 4),
        UseLine("g/site", "scaleway", ("FR",), False, "FR", (), 4),
    )
    told = [company_data(each, WORLD) for each in companies(uses, WORLD)]
    assert told[0].en.startswith("1 of 3 repositories: health data; ")
    assert told[0].fr.startswith("1 des 3 dépôts : données de santé ; ")
    assert "repositor" not in told[1].en


def test_where_nothing_was_judged_nothing_complies() -> None:
    text = render(
        FleetView(RUN, (RepositoryLine("g/a", resources=4, placements=3),)), WORLD, "en"
    )
    assert "Nothing was judged: this says nothing" in text
    assert "All that was judged complies" not in text


def test_what_carries_no_class_was_not_judged() -> None:
    """One without a class, one with nothing that could carry one, and one that was judged."""
    read = (
        RepositoryLine("g/a", resources=4, placements=3),
        RepositoryLine("g/b", resources=4),
        RepositoryLine("g/c"),
        RepositoryLine("g/d", resources=4, classified=1, placements=3),
    )
    view = FleetView(RUN, read)
    counted = {
        each.verdict: each.count for each in board(view, figures(view, WORLD), ()).figures
    }
    assert counted == {
        "violation": 0, "unproven": 0, "unjudged": 2, "compliant": 1, "empty": 1, "failed": 0,
    }  # fmt: skip
    assert (
        '2</strong> <span><span lang="en">repositories in which nothing was judged: no'
        in render(view, WORLD, "en")
    )


def test_only_what_was_judged_complies_in_the_diagram() -> None:
    judged = RepositoryLine("g/a", resources=4, classified=1, placements=3, compliant=2)
    view = FleetView(
        RUN,
        (
            judged,
            replace(judged, name="g/b", compliant=0),
            replace(judged, name="g/c", classified=0, compliant=0),
            replace(judged, name="g/d", status="broken"),
        ),
        found=(
            FoundLine("g/a", "p", "unproven", "note", "aws", "FR", (), ("health",), 1, True),
        ),
    )
    told = {each.line.name: verdict_of(each) for each in figures(view, WORLD)}
    assert told == {"g/a": "compliant", "g/b": None, "g/c": None, "g/d": None}


def test_back_to_all_teams(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "← All teams" in text
    assert "← Toutes les équipes" in text
    assert "← All companies" not in text


def test_the_headline_says_where_names_alone_suggest_health_data() -> None:
    """All of it by names; then the same class declared elsewhere; what else is inferred doesn't matter."""
    named = UseLine(
        "g/a", "aws", ("FR", "US"), False, "FR", ("contact", "health"), 1, "", ("health",)
    )
    text = render(FleetView(RUN, uses=(named,)), WORLD, "en")
    assert "By names alone, 1 repository seems to put health data with 1 company" in text
    assert "1 dépôt semble mettre" in text
    for stated in (
        replace(named, repository="g/b", inferred=("contact",)),
        replace(named, company="google-cloud", inferred=()),
    ):
        text = render(FleetView(RUN, uses=(named, stated)), WORLD, "en")
        assert "By names alone" not in text
        assert re.search(" puts? health data with ", text)


def test_files_that_were_not_read_are_told() -> None:
    """Two repositories of three lack files; those of one that couldn't be read at all don't count."""
    read = RepositoryLine("g/a", unread=11)
    lines = (read, replace(read, name="g/b", unread=3), replace(read, name="g/c", unread=0))
    text = render(FleetView(RUN, lines), WORLD, "en")
    assert "Not read: 14 files in 2 repositories." in text
    assert "Non lu : 14 fichiers dans 2 dépôts." in text
    assert "All repositories were read, but not all of their files." in text
    assert "All repositories were read.<" not in text
    broken = replace(read, status="broken", unread=5)
    assert "Not read: " not in render(FleetView(RUN, (broken, lines[2])), WORLD, "en")
    assert "All repositories were read.<" in render(FleetView(RUN, lines[2:]), WORLD, "en")
