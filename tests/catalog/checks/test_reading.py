"""Who read a source when, who read it again, and the words relied on: what may be said, and what is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.checks.check import check, reading
from sovlint.catalog.compiling import compile
from sovlint.catalog.compiling.files import merge, read_folder
from sovlint.catalog.contents import inventory
from sovlint.catalog.decoded import source
from sovlint.report.lookup.contents import render, render_unreviewed
from sovlint.report.pieces.style import Style
from tests.catalog.house import world

ENTITIES = """
entities:
  casa: {name: Casa SAS, seat: FR, source: register, no_majority: {source: annual}}
sources:
  register:
    url: https://example.org/register
    date: "2026-01-05"
    supports: the seat
    basis: read
    read_by: cataloguer
    read_on: "2026-11-28"
    reviewed: {by: second-reader, on: "2026-11-29"}
    words: "Siège social : Paris"
  annual: {url: https://example.org/report, date: "2026-01-05", supports: owners, basis: read, read_by: cataloguer}
"""
ONCE = {"basis": "read", "read_by": "cataloguer", "read_on": "2026-11-28"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"basis": "background"}, []),
        ({"basis": "background", "words": "well known"}, ["words"]),
        (ONCE, []),
        ({**ONCE, "read_on": "2026-11-31"}, ["read_on"]),
        ({**ONCE, "reviewed": {"by": "second-reader", "on": "2026-11-28"}}, []),
        ({**ONCE, "reviewed": {"by": "cataloguer", "on": "2026-11-29"}}, ["reviewed.by"]),
        ({**ONCE, "reviewed": {"by": "second-reader", "on": "2026-11-27"}}, ["reviewed.on"]),
        (
            {"basis": "read", "reviewed": {"by": "second-reader", "on": "2026-11-28"}},
            ["reviewed"],
        ),
    ],
)
def test_a_second_reading_is_by_another_role_and_no_earlier(
    said: dict[str, object], wrong: list[str]
) -> None:
    assert [".".join(map(str, at)) for at, _ in reading(said)] == wrong


def test_form_and_count(tmp_path: Path) -> None:
    folder = world(tmp_path, entities=ENTITIES)
    assert check([folder]) == []
    index = compile.link(merge(read_folder(folder)[0]))
    read = source(index, "0:entities.yaml#register")
    assert (read.read_by, read.reviewed_by, read.words) == (
        "cataloguer", "second-reader", "Siège social : Paris",
    )  # fmt: skip
    found = inventory(index)
    said = render(found, False, "en", Style(color=False, width=200))
    assert "read again by somebody else: 1; unreviewed: 2" in said
    assert "Unreviewed, by kind of file: entities 1, jurisdictions 1" in said
    listed = render_unreviewed(found, "fr", Style(color=False, width=200))
    assert "2 sources lues n'ont été relues par personne" in listed
    assert "entities.yaml : 1" in listed.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "bad", ["read_by: Jane Doe", "reviewed: {by: second-reader}", f"words: {'a' * 301}"]
)
def test_roles_and_short_words_alone(tmp_path: Path, bad: str) -> None:
    text = ENTITIES.replace("read_by: cataloguer}", f"{bad}}}")
    problems = check([world(tmp_path, entities=text)])
    assert [problem.path.rpartition("/")[2] for problem in problems] == ["entities.yaml"]
