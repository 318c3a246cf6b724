"""``docs/kubernetes.md``: the files that it shows are written down; each row of its table is what ``facts`` says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests import scratch

PAGE = (scratch.ROOT / "docs/kubernetes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:yaml|text)\n# (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
ROW = re.compile(r"^\| (`\S+`|none) \| `(\S+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def resources(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str | None, str], dict[str, Any]]:
    top = tmp_path_factory.mktemp("page")
    (top / ".git").mkdir()
    scratch.write(top, dict(BLOCKS))
    result = CliRunner().invoke(main, ["facts", str(top), "--format", "json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["failures"] == []
    return {(each["root"], each["address"]): each for each in found["resources"]}


def test_the_table_is_found() -> None:
    assert len(ROW.findall(PAGE)) == PAGE.count("\n| `") + PAGE.count("\n| none")
    assert len(ROW.findall(PAGE)) > 5
    assert len(BLOCKS) == PAGE.count("\n```\n")


@pytest.mark.parametrize("row", ROW.findall(PAGE), ids=lambda row: row[1])
def test_a_row_is_true(
    resources: dict[tuple[str | None, str], dict[str, Any]],
    row: tuple[str, str, str, str, str],
) -> None:
    root, address, role, where, data = row
    resource = resources[None if root == "none" else root.strip("`"), address]
    (placement,) = resource["placements"]
    assert f"`{placement['role']}`" == role
    if where.startswith("unknown: "):
        reasons = {
            placement["unknown"][fact].partition(":")[0] for fact in ("provider", "region")
        }
        assert reasons == {where.removeprefix("unknown: ")}
    else:
        assert f"`{placement['provider']}`, `{placement['region']}`" == where
    declared = [f"`{each['class']}`, {each['how']}" for each in resource["data"]]
    assert declared == ([] if data == "none" else [data])
