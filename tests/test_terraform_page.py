"""``docs/terraform.md``: each row of its tables is evaluated in the module that it shows."""

from __future__ import annotations

import json
import re

import pytest

from sovlint.expressions.values import plain
from sovlint.model.value import Known, Unknown
from tests.frontends.terraform.house import read, resources, value
from tests.scratch import ROOT

PAGE = (ROOT / "docs/terraform.md").read_text(encoding="utf-8")
EXPRESSIONS, _, BLOCKS = PAGE.partition("\n## Files and blocks\n")
MODULE = re.findall(r"^```hcl\n(.*?)^```$", EXPRESSIONS, re.DOTALL | re.MULTILINE)[0]
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \|$", EXPRESSIONS, re.MULTILINE)
FILES = dict(re.findall(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", BLOCKS, re.DOTALL | re.MULTILINE))
ABOUT = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", BLOCKS, re.MULTILINE)


def test_the_tables_are_found() -> None:
    assert len(ROWS) == EXPRESSIONS.count("\n| `")
    assert len(ROWS) > 50
    assert len(ABOUT) == BLOCKS.count("\n| `")
    assert len(ABOUT) > 15
    assert len(FILES) == BLOCKS.count("\n```\n")


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


def test_every_block_of_the_files_is_accepted() -> None:
    assert read(dict(FILES)).failures == ()


@pytest.mark.parametrize(("address", "what", "claim"), ABOUT)
def test_a_row_about_a_resource_is_true(address: str, what: str, claim: str) -> None:
    resource = resources(dict(FILES)).get(address)
    if claim == "no":
        assert resource is None
        return
    assert resource is not None
    if what == "existence":
        assert (isinstance(resource.exists, Unknown), claim) == (True, "not known")
    elif what == "what is in it":
        assert resource.unreadable is not None
        assert claim == f"unknown: {resource.unreadable.reason.value}"
    else:
        block, _, name = what.strip("`").rpartition("provider.")
        assert resource.binding is not None
        (found,) = (
            resource.binding.settings if "provider." in what else resource.attributes
        ).read(name or block)
        assert isinstance(found.value, Known)
        assert found.value.value == json.loads(claim.strip("`"))
