"""Who holds a company is to be read again a year after it was read; what ages by itself is told ninety days before."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.model.placement import ShownBy, Shows, Source
from sovlint.resolve.facts.ownership_ages import oldest
from tests.scratch import write

COMPANIES = """
sources:
  register: {url: "https://register.example/1", date: 2025-10-01, supports: s, basis: read, confidence: high}
  paper: {url: "https://paper.example/2", date: 2026-01-10, supports: s, basis: read, confidence: high}
entities:
  of-old: {name: Of Old, seat: FR, source: paper, no_majority: {source: register}}
  of-late: {name: Of Late, seat: FR, source: register, no_majority: {source: paper}}
  within: {name: Within, seat: FR, source: paper, owners: null, held_within: {area: EEA, source: paper}}
"""
PROVIDER = """
id: {id}
name: {id} cloud
kind: iaas
status: active
operator: {operator}
sources: {{read: {{url: null, date: 2026-11-01, supports: s, basis: read}}}}
regions:
  r1: {{country: FR, source: read}}
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ages")
    names = {"old": "of-old", "late": "of-late", "inside": "within"}
    services = "".join(
        f"  - {{id: {name}, vendor: {name}, region: r1, data: [health]}}\n" for name in names
    )
    write(
        root,
        {
            "own/entities.yaml": COMPANIES,
            **{
                f"own/providers/{name}.yaml": PROVIDER.format(id=name, operator=operator)
                for name, operator in names.items()
            },
            "saas.yaml": f"services:\n{services}",
            "sovlint.yaml": "catalog: [own]\n",
        },
    )
    (root / ".git").mkdir()
    return root


def scan(house: Path, day: str, form: str = "json") -> str:
    arguments = ["scan", str(house), "--as-of", day, "--format", form, "--lang", "en"]
    return CliRunner().invoke(main, arguments).stdout


def told(house: Path, day: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan(house, day))["provenance"]["catalogue"]
    return {key: found[key] for key in ("read_again", "ages")}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-01", {"read_again": [], "ages": {}}),  # the last day of the year
        ("2026-10-02", {"read_again": ["old"], "ages": {}}),  # a seat isn't who holds it
        ("2026-10-12", {"read_again": ["old"], "ages": {"inside": "2027-01-10"}}),
    ],
)
def test_who_holds_a_company_is_to_be_read_again_after_a_year(
    house: Path, day: str, expected: dict[str, Any]
) -> None:
    assert told(house, day) == expected


def test_it_is_said_where_people_read_it(house: Path) -> None:
    text = " ".join(scan(house, "2026-10-12", "text").split())
    assert "was read over a year ago, and is to be read again: old cloud." in text
    assert "What proves who holds inside cloud counts until 2027-01-10" in text
    shown = ["provider", "old", "--as-of", "2026-10-12", "--catalog", str(house / "own")]
    said = CliRunner().invoke(main, [*shown, "--lang", "en"]).stdout
    assert "was read on 2025-10-01, over a year ago" in " ".join(said.split())


def test_what_was_only_heard_is_not_to_be_read_again() -> None:
    heard = Source("", "2020-01-01", "heard", background=True)
    read = Source("", "2020-01-01", "read")
    day = date(2026, 11, 24)
    assert oldest([ShownBy(Shows.OWNER, "x", heard, True)], day) is None
    assert oldest([ShownBy(Shows.SEAT, "x", read)], day) is None
    assert oldest([ShownBy(Shows.OWNER, "x", read)], day) == date(2020, 1, 1)
