"""Every folder of fixtures with an ``expected.yaml``: the whole pipeline says what a person wrote there by hand.

``expected.yaml`` has ``runs``; each run may give ``options`` (more arguments), ``as_of``, ``exit``, ``policies`` (only
their findings are compared), ``says`` (texts that the report holds), ``findings`` (complete: what isn't there must not
be found) and ``placements`` (complete for the addresses that it names). A finding names its address, path, line and its
``verdicts`` by policy; ``root``, ``role`` and ``severity`` are compared where given.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sovlint.cli import main

FIXTURES = Path(__file__).parent.parent / "fixtures"
AS_OF = "2026-11-24"
POLICIES = sorted(path.stem for path in (FIXTURES.parent / "policies").glob("*.yaml"))

Json = dict[str, Any]


def _cases() -> Iterator[Any]:
    for path in sorted(FIXTURES.rglob("expected.yaml")):
        runs = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["runs"]
        name = path.parent.relative_to(FIXTURES).as_posix()
        for index, run in enumerate(runs):
            yield pytest.param(path.parent, run, id=f"{name}-{index}")


@pytest.fixture
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the fixture as a repository of its own."""
    folder, _ = request.getfixturevalue("case")
    copy = tmp_path / "repository"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("expected.yaml"))
    (copy / ".git").mkdir()
    return copy


@pytest.fixture(params=[pytest.param((p.values[0], p.values[1]), id=p.id) for p in _cases()])
def case(request: pytest.FixtureRequest) -> tuple[Path, Json]:
    """A fixture's folder and one run of its ``expected.yaml``."""
    found: tuple[Path, Json] = request.param
    return found


def _invoke(command: str, repository: Path, run: Json, *more: str) -> tuple[int, Json]:
    arguments = [command, str(repository), "--format", "json", "--as-of", run.get("as_of", AS_OF), *more]
    result = CliRunner().invoke(main, [*arguments, *run.get("options", [])], catch_exceptions=False)
    assert result.stdout.startswith("{"), result.output
    return result.exit_code, json.loads(result.stdout)


def test_findings_are_those_written_by_hand(case: tuple[Path, Json], repository: Path) -> None:
    _, run = case
    code, report = _invoke("scan", repository, run, "--show", "compliant")
    assert report["failures"] == []
    left = [each for each in report["findings"] if each["policy"] in run.get("policies", POLICIES)]
    missing = []
    for wanted in _wanted(run["findings"]):
        found = next((each for each in left if _matches(each, wanted)), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    assert (missing, [_short(each) for each in left]) == ([], [])
    text = json.dumps(report, ensure_ascii=False)
    assert [words for words in run.get("says", []) if words not in text] == []
    assert code == int(run["exit"])


def test_placements_are_those_written_by_hand(case: tuple[Path, Json], repository: Path) -> None:
    _, run = case
    if "placements" not in run:
        pytest.skip("this fixture is about verdicts")
    _, facts = _invoke("facts", repository, run)
    addresses = {wanted["address"] for wanted in run["placements"]}
    found = [
        {"address": resource["address"], "role": each["role"], "provider": each["provider"], "region": each["region"]}
        for resource in facts["resources"]
        for each in resource["placements"]
        if resource["address"] in addresses
    ]
    wanted = [{key: None if value == "null" else value for key, value in each.items()} for each in run["placements"]]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_every_policy_has_its_three_fixtures() -> None:
    folders = FIXTURES / "policies"
    assert sorted(path.name for path in folders.iterdir()) == POLICIES
    for policy in POLICIES:
        for verdict in ("compliant", "violation", "unproven"):
            assert (folders / policy / verdict / "expected.yaml").is_file(), (policy, verdict)


def test_the_fixture_of_a_verdict_has_that_verdict(case: tuple[Path, Json]) -> None:
    folder, run = case
    if folder.parent.parent.name != "policies":
        pytest.skip("no fixture of one policy")
    verdicts = {(policy, verdict) for each in run["findings"] for policy, verdict in each["verdicts"].items()}
    assert verdicts <= {(folder.parent.name, folder.name)}
    assert verdicts or "why_none" in run


def _wanted(findings: list[Json]) -> Iterator[Json]:
    for each in findings:
        for policy, verdict in each["verdicts"].items():
            rest = {key: value for key, value in each.items() if key != "verdicts"}
            yield {**rest, "policy": policy, "verdict": verdict}


def _matches(found: Json, wanted: Json) -> bool:
    return all(str(found[key]) == value for key, value in wanted.items())


def _short(found: Json) -> Json:
    keys = ("address", "root", "role", "path", "line", "policy", "verdict", "severity", "message")
    return {key: found[key] for key in keys}
