"""No secret of a scanned file comes out, in whatever format: kinds of secrets in every place that a front end reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest
from msgspec.structs import replace

from sovlint.commands.parts import settled
from sovlint.lint import lint
from sovlint.model.findings.finding import Report
from sovlint.model.request import Request
from sovlint.report import FACTS_REPORTS, MAP_REPORTS, REPORTS
from sovlint.report.page.page import render as page
from sovlint.report.pieces.style import Style
from tests.gate.canaries.kinds import KINDS, hosts
from tests.gate.canaries.leaks import leaks
from tests.gate.canaries.repositories import FRONT_ENDS
from tests.gate.canaries.writing import OWN
from tests.test_hostile import tree

STYLE: Final = Style(False, 80, full=True)
TABLES: Final = {"scan": REPORTS, "facts": FACTS_REPORTS, "map": MAP_REPORTS}
NOT_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "pipelines": tuple(
        f"k{kind}{place}.com" for kind in (11, 13, 17) for place in ("p1", "p3")
    ),
}
"""Hosts that are told of nowhere: stores that a pipeline's variables name hold what is built."""


@cache
def planted(front_end: str) -> Path:
    """The folder with a front end's repository."""
    return tree(Path(mkdtemp()) / "r", {**OWN, **FRONT_ENDS[front_end]().files})


@cache
def report(front_end: str) -> Report:
    """What is found there, read once for all tests."""
    request = Request(
        paths=(planted(front_end),),
        as_of=date(2026, 11, 24),
        show="compliant",
        allow_failures=True,
    )
    return lint(replace(settled.run(request), provenance=True))


def outputs(front_end: str) -> Iterator[tuple[str, str]]:
    """All that is written of a repository, and what it is called; each format in the language that the last repository
    hadn't, since French says the same fields in other words."""
    found = report(front_end)
    turn = list(FRONT_ENDS).index(front_end)
    for command, table in TABLES.items():
        for name, render in table.items():
            turn += 1
            language = ("en", "fr")[turn % 2]
            yield f"{command} {name} {language}", render(found, language, STYLE)
    yield "page", page(found, "fr", {})
    yield "narrow", REPORTS["text"](found, "en", replace(STYLE, width=40))
    yield (
        "coloured",
        REPORTS["text"](found, "fr", replace(STYLE, color=True, links=True, width=60)),
    )


def test_there_are_enough_kinds() -> None:
    assert len(set(KINDS)) == len(KINDS) >= 40


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_no_secret_comes_out_in_any_format(front_end: str) -> None:
    found = {name: leaks(text)[:3] for name, text in outputs(front_end)}
    assert {name: leaked for name, leaked in found.items() if leaked} == {}


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_every_kind_was_read_in_every_place(front_end: str) -> None:
    """Else the test above would show nothing: each kind that has a host is told of by its host."""
    repository, found = FRONT_ENDS[front_end](), report(front_end)
    text = REPORTS["json"](found, "en", STYLE) + FACTS_REPORTS["json"](found, "en", STYLE)
    expected = {
        *(each for place in repository.settings for each in hosts(place)),
        *(each for place in repository.lines for each in hosts(place, "lines")),
    }
    missing = {each for each in expected if each not in text}
    assert missing == set(NOT_TOLD.get(front_end, ()))


QUOTED: Final = ("terraform", "kubernetes", "kustomize", "helm", "compose")
"""Front ends whose lines are quoted; lines of settings, of plans and of states never are."""


@pytest.mark.parametrize("front_end", QUOTED)
def test_lines_with_secrets_are_among_those_that_are_quoted(front_end: str) -> None:
    assert "***" in "\n".join(report(front_end).excerpts.values())
