"""Whatever a setting is called and whichever file holds it: where its value leads is judged, never left out."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import Struct

from sovlint.cli import main
from tests.destinations.matrix import (
    ABROAD,
    HOLDERS,
    INSIDE_THE_EEA,
    SHOWN,
    SHOWN_NAMES,
    STAYING,
    Cell,
    cells,
    names,
    text,
)

CONFIGURATION = """\
policy_set: sets/eea.yaml
clusters: [{paths: ["**"], provider: scaleway, region: fr-par}]
data: {paths: {"**": [health]}}
"""
POLICIES = """\
id: eea
title: {en: the EEA, fr: l'EEE}
policies: [{id: health-data-in-eea}, {id: health-data-under-eu-control}]
"""
KINDS = tuple(HOLDERS)
_NAME = re.compile(r"`(\w+)`")
_NUMBER = re.compile(r"[0-9]+$")


class Scan(Struct, frozen=True):
    """A scan of one file with settings: its lines, the verdicts by line, and those by name for each holder.

    Lines of secrets are never told. There the name in a message, and which holder it is about, say which one is meant.
    """

    lines: list[str]
    by_line: dict[int, set[str]]
    by_name: dict[tuple[int, str], set[str]]
    hidden: bool

    def said(self, number: int, cell: Cell) -> set[str]:
        """The verdicts of what a setting of a group leads to."""
        if self.hidden:
            return self.by_name[number, cell.name]
        at = [line for line, text in enumerate(self.lines, 1) if _is_in(cell.value, text)]
        return set[str]().union(*(self.by_line[line] for line in at))


def _is_in(value: str, text: str) -> bool:
    return value in text or json.dumps(value)[1:-1] in text


def scanned(kind: str, groups: Sequence[Sequence[Cell]], folder: Path) -> Scan:
    """What is said of a file that holds the settings."""
    path, written = HOLDERS[kind][0], text(kind, groups)
    files = {path: written, "sovlint.yaml": CONFIGURATION, "sets/eea.yaml": POLICIES}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    options = ["--format", "json", "--show", "compliant", "--as-of", "2026-11-28"]
    configuration = ["--config", str(folder / "sovlint.yaml")]
    result = CliRunner().invoke(main, ["scan", str(folder), *options, *configuration])
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["failures"] == []
    by_line: dict[int, set[str]] = defaultdict(set)
    by_name: dict[tuple[int, str], set[str]] = defaultdict(set)
    for finding in report["findings"]:
        for at in (finding, *finding["because"]):
            if (at["path"] or "").endswith(path):
                by_line[at["line"]].add(finding["verdict"])
        name = _NAME.search(finding["message"])
        number = _NUMBER.search(finding["address"])
        if name and number:
            by_name[int(number[0]), name[1]].add(finding["verdict"])
    return Scan(written.splitlines(), by_line, by_name, kind == "secrets")


def all_said(
    kind: str, groups: Sequence[Sequence[Cell]], folder: Path
) -> Iterator[tuple[Cell, set[str]]]:
    """Each setting with the verdicts that it leads to."""
    scan = scanned(kind, groups, folder)
    for number, group in enumerate(groups):
        for cell in group:
            yield cell, scan.said(number, cell)


@pytest.mark.parametrize("kind", KINDS)
def test_what_leaves_is_never_compliant_and_never_silent(kind: str, tmp_path: Path) -> None:
    found = all_said(kind, list(cells(names(), ABROAD)), tmp_path)
    silent = [(cell, said) for cell, said in found if not said & {"violation", "unproven"}]
    assert silent == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_stays_in_the_eea_is_compliant(kind: str, tmp_path: Path) -> None:
    found = all_said(kind, list(cells(names(), INSIDE_THE_EEA)), tmp_path)
    wrong = [(cell, said) for cell, said in found if said != {"compliant"}]
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_or_stays_is_not_reported(kind: str, tmp_path: Path) -> None:
    groups = [*cells(SHOWN_NAMES, SHOWN), *cells(names(), STAYING)]
    found = all_said(kind, groups, tmp_path)
    reported = [(cell, said) for cell, said in found if said & {"violation", "unproven"}]
    assert reported == []
