"""What CONTRIBUTING.md shows to add is accepted as it stands, and refused where an example is the wrong way round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sovlint.catalog.checks.check import check
from sovlint.catalog.shipped import index
from tests.catalog.house import SOURCES, folder
from tests.scratch import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SHOWN = {
    "Add a signature": ("signatures__acme", "signatures"),
    "Add a format of configuration files": ("configuration__acme", "formats"),
    "Add an action of pipelines": ("tasks__acme", "tasks"),
    "Add a registry module": ("modules__acme", "modules"),
}

REFUSED = {
    "Add a signature": "is met, and shouldn't be",
    "Add a format of configuration files": "the example meets acme-run, smtp, and should nothing",
}


def shown(heading: str) -> str:
    """The entry below a heading, with a source that the overlay has."""
    block = re.search(rf"^## {heading}\n.*?```yaml\n(.*?)```", TEXT, re.DOTALL | re.MULTILINE)
    assert block is not None
    return re.sub(r"source: \w+", "source: annual", block[1])


def problems(at: Path, heading: str, entry: str) -> list[str]:
    name, section = SHOWN[heading]
    return [
        each.message
        for each in check([folder(at, **{name: f"{section}:\n{entry}{SOURCES}"})], index())
    ]


@pytest.mark.parametrize("heading", SHOWN)
def test_what_is_shown_is_right(heading: str, tmp_path: Path) -> None:
    assert problems(tmp_path, heading, shown(heading)) == []


@pytest.mark.parametrize("heading", REFUSED)
def test_what_meets_its_own_negatives_is_refused(heading: str, tmp_path: Path) -> None:
    entry = re.sub(r"negative: .*", "", shown(heading))
    positive = re.search(r"positive: (\[.*\])", entry)
    assert positive is not None
    wrong = re.sub(r", meets: \[[^]]*\]", "", positive[1])
    (problem,) = problems(tmp_path, heading, f"{entry.rstrip()}\n    negative: {wrong}\n")
    assert REFUSED[heading] in problem


def test_a_signature_takes_ten_lines_or_so() -> None:
    assert len(shown("Add a signature").splitlines()) <= 10


def test_the_plug_in_that_is_shown_is_right() -> None:
    assert check([ROOT / "docs/examples/plug-in"], index()) == []
