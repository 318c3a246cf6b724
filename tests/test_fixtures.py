"""Every folder of fixtures with an ``expected.yaml``: the whole pipeline says what a person wrote there by hand.

``expected.yaml`` has ``runs``; each run may give ``options`` (more arguments), ``as_of``, ``exit``, ``policies`` (only
their findings are compared), ``says`` (texts that the report holds), ``findings`` (complete: what isn't there must not
be found) and ``placements`` (complete for the addresses that it names). A finding names its address, path, line and its
``verdicts`` by policy; ``root``, ``role`` and ``severity`` are compared where given. ``why_none`` says why the fixture
of a verdict has no finding. A folder ``before`` has the files that a change found: the run is compared with them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sovlint.cli import main
from tests import scratch

FIXTURES = Path(__file__).parent.parent / "fixtures"
AS_OF = "2026-11-24"
POLICIES = sorted(path.stem for path in (FIXTURES.parent / "policies").glob("*.yaml"))
VERDICTS = ("compliant", "violation", "unproven")

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A fixture's folder, and one run of its ``expected.yaml``."""

    folder: Path
    index: int
    run: Json

    def __str__(self) -> str:
        return f"{self.folder.relative_to(FIXTURES).as_posix()}-{self.index}"

    @property
    def policy(self) -> str | None:
        """The policy that the fixture is about, if it is about one."""
        return (
            self.folder.parent.name if self.folder.parent.parent.name == "policies" else None
        )


def _cases() -> Iterator[Case]:
    for path in sorted(FIXTURES.rglob("expected.yaml")):
        runs = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)["runs"]
        yield from (Case(path.parent, index, run) for index, run in enumerate(runs))


CASES = list(_cases())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_findings_are_those_written_by_hand(case: Case, tmp_path: Path) -> None:
    repository, options = _copy(case, tmp_path)
    code, report = _invoke("scan", repository, case.run, "--show", "compliant", *options)
    assert report["failures"] == []
    left = [
        each
        for each in report["findings"]
        if each["policy"] in case.run.get("policies", POLICIES)
    ]
    missing = []
    for wanted in _wanted(case.run["findings"]):
        found = next((each for each in left if _matches(each, wanted)), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    assert (missing, [_short(each) for each in left]) == ([], [])
    text = json.dumps(report, ensure_ascii=False)
    assert [words for words in case.run.get("says", []) if words not in text] == []
    assert code == int(case.run["exit"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "placements" in case.run], ids=str
)
def test_placements_are_those_written_by_hand(case: Case, tmp_path: Path) -> None:
    _, facts = _invoke("facts", _copy(case, tmp_path)[0], case.run)
    addresses = {wanted["address"] for wanted in case.run["placements"]}
    found = [
        {
            "address": resource["address"],
            "role": each["role"],
            "provider": each["provider"],
            "region": each["region"],
        }
        for resource in facts["resources"]
        for each in resource["placements"]
        if resource["address"] in addresses
    ]
    wanted = [
        {key: None if value == "null" else value for key, value in each.items()}
        for each in case.run["placements"]
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize("case", [case for case in CASES if case.policy], ids=str)
def test_the_fixture_of_a_verdict_has_that_verdict_alone(case: Case) -> None:
    assert case.run["policies"] == [case.policy]
    verdicts = {
        (policy, verdict)
        for each in case.run["findings"]
        for policy, verdict in each["verdicts"].items()
    }
    assert verdicts == (
        {(case.policy, case.folder.name)} if "why_none" not in case.run else set()
    )


def test_every_policy_has_its_three_fixtures() -> None:
    folders = {(case.policy, case.folder.name) for case in CASES if case.policy}
    assert folders == {(policy, verdict) for policy in POLICIES for verdict in VERDICTS}


def test_the_insurer_reads_the_same_inside_the_project_and_alone(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.folder.name == "mutuelle")
    alone = _invoke("scan", _copy(case, tmp_path)[0], case.run)[1]
    inside = _invoke("scan", case.folder, case.run)[1]
    assert inside["summary"] == alone["summary"]
    assert {each["path"] for each in inside["findings"]} == {
        f"fixtures/mutuelle/{each['path']}" for each in alone["findings"]
    }


def _copy(case: Case, folder: Path) -> tuple[Path, list[str]]:
    """The fixture as a repository of its own, and the options by which it is compared with what it has of before."""
    copy = folder / "repository"
    shutil.copytree(case.folder, copy, ignore=shutil.ignore_patterns("expected.yaml"))
    return copy, scratch.with_history(copy)


def _invoke(command: str, repository: Path, run: Json, *more: str) -> tuple[int, Json]:
    arguments = [
        command,
        str(repository),
        "--format",
        "json",
        "--as-of",
        run.get("as_of", AS_OF),
        *more,
    ]
    result = CliRunner().invoke(
        main, [*arguments, *run.get("options", [])], catch_exceptions=False
    )
    assert result.stdout.startswith("{"), result.output
    return result.exit_code, json.loads(result.stdout)


def _wanted(findings: list[Json]) -> Iterator[Json]:
    for each in findings:
        rest = {key: value for key, value in each.items() if key != "verdicts"}
        yield from (
            {**rest, "policy": policy, "verdict": verdict}
            for policy, verdict in each["verdicts"].items()
        )


def _matches(found: Json, wanted: Json) -> bool:
    return all(str(found[key]) == value for key, value in wanted.items())


def _short(found: Json) -> Json:
    keys = (
        "address",
        "root",
        "role",
        "path",
        "line",
        "policy",
        "verdict",
        "severity",
        "message",
    )
    return {key: found[key] for key in keys}
