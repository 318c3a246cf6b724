"""``docs/terraform.md``: each row of its tables is evaluated in the module that it shows."""

from __future__ import annotations

import json
import re

import pytest

from sovlint.frontends.terraform.values import plain
from sovlint.model.value import Known, Unknown
from tests.frontends.terraform.house import value
from tests.scratch import ROOT

PAGE = (ROOT / "docs/terraform.md").read_text(encoding="utf-8")
MODULE = re.findall(r"^```hcl\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0]
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \|$", PAGE, re.MULTILINE)


def test_the_tables_are_found() -> None:
    assert len(ROWS) == PAGE.count("\n| `")
    assert len(ROWS) > 50


@pytest.mark.parametrize(("text", "claim"), ROWS)
def test_a_row_is_true(text: str, claim: str) -> None:
    found = value(text, MODULE)
    if claim.startswith("`"):
        assert isinstance(found, Known), found
        assert plain(found) == json.loads(claim.strip("`"))
        return
    assert isinstance(found, Unknown), found
    quoted = [json.loads(each) for each in re.findall(r"`(.+?)`", claim)]
    if claim.startswith("one of "):
        assert [plain(member) for member in found.among or ()] == quoted
    elif claim.startswith("begins with "):
        assert (found.parts or ("",))[0] == quoted[0]
        assert found.among is None
    else:
        assert claim == f"unknown: {found.reason.value}"
        assert (found.among, found.parts) == (None, None)
