"""A baseline that the version before causes were told wrote: nothing of it comes back, and nothing hides behind it.

``written_before/baseline.json`` is what that version wrote of ``written_before/repository``, where things wait for a
variable, a module, a host, a cluster, a Compose project and a contract. It must never be written again.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main

BEFORE = Path(__file__).parent / "written_before"

CAUSES = {
    "cluster:k8s": 8,
    "created:variable:infra:var.spare": 2,
    "hds-contract:aws": 2,
    "host:partner-of-ours.org": 8,
    "module:acme/s3-bucket/aws": 2,
    "project:shop": 8,
    "variable:infra:var.region": 4,
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(BEFORE / "repository", tmp_path / "house")
    (tmp_path / "house" / ".git").mkdir()
    return tmp_path / "house"


def scan(house: Path, format: str, *arguments: str, code: int = 0) -> Any:
    usual = ["scan", str(house), "--as-of", "2026-11-24", "--no-config", "--assume", "health"]
    result = CliRunner().invoke(
        main, [*usual, "--format", format, *arguments], catch_exceptions=False
    )
    assert result.exit_code == code
    return json.loads(result.stdout) if format != "text" else result.stdout


def baseline(path: Path = BEFORE / "baseline.json") -> tuple[str, str]:
    return ("--baseline", str(path))


def test_every_finding_of_then_stays_excused(house: Path) -> None:
    report = scan(house, "json", *baseline())
    assert report["summary"] == {
        "violation": 0,
        "unproven": 0,
        "compliant": 2,
        "compliant_unsourced": 0,
        "compliant_on_proof": 2,
        "compliant_on_word": 0,
        "compliant_on_weak": 0,
        "suppressed": 40,
    }
    assert {one["state"] for one in report["exceptions"]} == {"used"}


def test_the_causes_are_these(house: Path) -> None:
    report = scan(house, "json", code=1)
    found = Counter(
        one["cause"] for one in report["findings"] if one["verdict"] == "unproven"
    )
    assert found == CAUSES


def test_sarif_has_a_suppressed_result_for_each_cause(house: Path) -> None:
    results = scan(house, "sarif", *baseline())["runs"][0]["results"]
    causes = {
        one["properties"]["cause"]: one for one in results if one["properties"]["cause"]
    }
    assert causes.keys() == CAUSES.keys()
    assert len(results) == len(causes) + 6
    for one in results:
        assert len(one["suppressions"]) >= 1
        assert one["baselineState"] == "unchanged"


def test_a_group_is_suppressed_only_where_all_of_it_is(house: Path, tmp_path: Path) -> None:
    whole = json.loads((BEFORE / "baseline.json").read_text("utf-8"))
    lines = (BEFORE / "baseline.json").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if '"address": "compose:db"' not in line]
    part = tmp_path / "part.json"
    part.write_text("".join(kept), encoding="utf-8")
    assert len(json.loads(part.read_text("utf-8"))["entries"]) == len(whole["entries"]) - 4
    results = scan(house, "sarif", *baseline(part), code=1)["runs"][0]["results"]
    shown = [one for one in results if not one["suppressions"]]
    assert [one["properties"]["cause"] for one in shown] == ["project:shop"]
    (one,) = shown
    assert (one["properties"]["placements"], one["properties"]["excused"]) == (2, 1)
    assert "1 placement waits for one thing" in one["message"]["text"]
    assert "(1 more is excused)" in one["message"]["text"]
    assert one["baselineState"] == "new"


def test_a_placement_more_or_less_moves_no_alert(house: Path) -> None:
    def prints() -> dict[str, tuple[str, str, str]]:
        results = scan(house, "sarif", code=1)["runs"][0]["results"]
        return {
            one["properties"]["cause"]: (
                one["ruleId"],
                one["partialFingerprints"]["sovlint/v1"],
                one["partialFingerprints"]["primaryLocationLineHash"],
            )
            for one in results
            if one["properties"]["cause"]
        }

    before = prints()
    compose = house / "shop" / "compose.yaml"
    compose.write_text(
        'services:\n  api: {image: "own:1"}\n'
        + compose.read_text("utf-8").partition("\n")[2],
        encoding="utf-8",
    )
    manifest = house / "k8s/prod/api.yaml"
    manifest.write_text(manifest.read_text("utf-8").partition("---\n")[2], encoding="utf-8")
    assert prints() == before
