"""Where data of a class goes by ARN, name, URL, variable or tag, and what stands in front of it: judged by hand."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
import yaml
from click.testing import CliRunner

from sovlint.cli import main

FOLDER = Path(__file__).parent
POLICY = "health-data-in-eea"
AS_OF = "2026-11-28"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small repository: what must be found outside the EEA, and what carries the class and is inside."""

    id: str
    files: dict[str, str] | str
    outside: dict[str, str] = {}
    """The worst verdict of each address that has a violation, or isn't proved; no other address has one."""
    inside: list[str] = []
    """Addresses that carry the class and are compliant."""
    without: list[str] = []
    """Addresses of which nothing is said: the class doesn't get there."""


def cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += msgspec.convert(
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), list[Case]
        )
    return found


CASES = cases()


def judged(case: Case, root: Path) -> dict[str, set[str]]:
    """The verdicts of the policy, by address; the root's folder is left out where there is one."""
    (root / ".git").mkdir(parents=True)
    files = {"main.tf": case.files} if isinstance(case.files, str) else case.files
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    options = ["scan", "--as-of", AS_OF, "-f", "json", "--show", "compliant", str(root)]
    done = CliRunner().invoke(main, options)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    found: dict[str, set[str]] = {}
    for each in json.loads(done.stdout)["findings"]:
        if each["policy"] == POLICY:
            found.setdefault(each["address"], set()).add(each["verdict"])
    return found


def test_there_are_enough_ways() -> None:
    assert len(CASES) >= 60
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_class_goes_where_its_data_goes(case: Case, tmp_path: Path) -> None:
    found = judged(case, tmp_path / "repository")
    bad = {
        address: "violation" if "violation" in verdicts else "unproven"
        for address, verdicts in found.items()
        if verdicts - {"compliant"}
    }
    assert bad == case.outside
    compliant = {address for address, verdicts in found.items() if verdicts == {"compliant"}}
    assert set(case.inside) <= compliant
    assert not set(case.without) & set(found)
