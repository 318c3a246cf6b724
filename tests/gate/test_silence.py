"""What leaves is told: small repositories in which health data leaves, or a declared class isn't judged.

- ``silence/ways/*.yaml``: the ways, by line of the list of classes that they belong to (1 to 9, and 8b). Each was
  judged by hand before anything was mended, and isn't the example that the list names for its class.
- ``silence/controls.yaml``: repositories near those ways in which nothing is wrong, and nothing is asked.

A way is told where ONE finding is unproven or a violation, is an error or a warning, and has all that the row asks for:
``address`` (a regular expression), ``policy``, ``role``, ``severity``, and ``shows`` (regular expressions that each stand
somewhere in its message, its remarks, its placement or its reasons). Words of messages aren't asked for, but what
decides: a company, a region, a host, a file. ``because`` says why, by hand.

``before`` is what was measured before the first mending: ``silent`` (no such finding) or ``told``.

Each row is a repository of its own: its files, beside the ``sovlint.yaml`` of an owner whose machines are in France at
a French company (``OWNER``), unless the row says ``bare``. Two policies judge (``HOUSE``). One scan a row.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import pytest
import yaml
from click.testing import CliRunner
from msgspec import Struct

from sovlint.cli import main

HERE: Final = Path(__file__).parent / "silence"
AS_OF: Final = "2026-11-28"
LINES: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "8b", "9")
HOUSE: Final = """\
id: house
title: In the Union, and under its law alone
policies: [health-data-in-eea, health-data-under-eu-control]
"""
"""What is judged: where, and who can compel. Certificates would say something of each row."""
SETTINGS: Final = """\
policy_set: house
policies: [house.yaml]
"""
OWNER: Final = """\
clusters:
  - {paths: ["**"], provider: outscale, region: cloudgouv-eu-west-1}
"""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One repository, and what a scan of it must say."""

    id: str
    does: str
    """What somebody does, in a sentence."""
    files: dict[str, str]
    because: str = ""
    """Why it must be told, or must not, by hand."""
    line: str = ""
    """The class of ways that it belongs to."""
    options: list[str] = []
    data: str = ""
    """What the owner's ``sovlint.yaml`` says besides: classes by path, and the like."""
    bare: bool = False
    """Whether nobody declared where the machines are."""
    shows: list[str] = []
    address: str = ""
    policy: str = ""
    role: str = ""
    severity: Literal["error", ""] = ""
    """The least that it must be told as, where a warning isn't enough."""
    before: Literal["silent", "told", ""] = ""
    passes: bool = False
    """Whether it is a control: the run exits with 0, and no finding is an error."""
    lacks: list[str] = []
    """Regular expressions of which none stands in a finding that counts."""


def rows(*names: str) -> list[Row]:
    """The rows of some files of the table."""
    return [
        msgspec.convert(row, Row)
        for name in names
        for path in sorted(HERE.glob(name))
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


WAYS: Final = rows("ways/*.yaml")
CONTROLS: Final = rows("controls.yaml")


def scanned(row: Row, root: Path) -> tuple[int, dict[str, Any]]:
    """The exit code of a scan of the row's repository, and its report."""
    settings = SETTINGS + ("" if row.bare else OWNER) + row.data
    own = {".git/HEAD": "", "house.yaml": HOUSE, "sovlint.yaml": settings}
    for name, text in {**own, **row.files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    arguments = ["scan", str(root), "--as-of", AS_OF, "-f", "json", *row.options]
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in {0, 1}, (done.exit_code, done.stderr)
    return done.exit_code, json.loads(done.stdout)


def counting(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings that somebody has to act on."""
    return [
        found
        for found in report["findings"]
        if found["verdict"] in {"violation", "unproven"}
        and found["severity"] in {"error", "warning"}
        and found["suppressed"] is None
    ]


def shown(found: dict[str, Any]) -> str:
    """All that a finding says of this repository: not its sources, nor what would be better."""
    said = ("address", "path", "line", "message", "remarks", "placement", "because")
    return json.dumps({key: found[key] for key in said}, ensure_ascii=False)


def tells(found: dict[str, Any], row: Row) -> bool:
    """Whether a finding has all that a row asks for."""
    return (
        re.search(row.address, found["address"]) is not None
        and row.policy in {"", found["policy"]}
        and row.role in {"", found["role"]}
        and row.severity in {"", found["severity"]}
        and all(re.search(word, shown(found)) for word in row.shows)
    )


def brief(found: dict[str, Any]) -> str:
    return " ".join(
        str(found[key]) for key in ("severity", "policy", "address", "role", "message")
    )


@pytest.mark.parametrize("row", WAYS, ids=[row.id for row in WAYS])
def test_a_way_is_told(row: Row, tmp_path: Path) -> None:
    found = counting(scanned(row, tmp_path)[1])
    assert any(tells(one, row) for one in found), "\n".join(map(brief, found))


@pytest.mark.parametrize("row", CONTROLS, ids=[row.id for row in CONTROLS])
def test_nothing_is_asked_of_a_control(row: Row, tmp_path: Path) -> None:
    code, report = scanned(row, tmp_path)
    found = counting(report)
    assert code == 0, "\n".join(map(brief, found))
    assert [brief(one) for one in found if one["severity"] == "error"] == []
    said = "\n".join(map(shown, found))
    assert [word for word in row.lacks if re.search(word, said)] == []


def test_the_table_of_silence_is_whole() -> None:
    """Each line has four ways, and a control asks for nothing."""
    by_line = Counter(row.line for row in WAYS)
    assert set(by_line) == set(LINES)
    assert min(by_line.values()) >= 4
    assert len(WAYS) >= 40
    assert len(CONTROLS) >= 12
    assert all(row.passes for row in CONTROLS)
    assert all(row.because and row.before for row in WAYS)
    assert all(row.shows or row.address for row in WAYS)
    ids = [row.id for row in (*WAYS, *CONTROLS)]
    assert len(set(ids)) == len(ids)
