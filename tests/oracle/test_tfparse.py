"""Trivy's evaluator (through tfparse) as an independent reader of whole module trees: resources, and their texts.

It drops what it can't work out, and takes what is missing for empty; so it is asked only about what both know.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tfparse

from sovlint.catalog.load import load
from sovlint.files.discover import discover
from sovlint.frontends.terraform import front_end
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown, UnknownKind

pytestmark = pytest.mark.oracle

FIXTURES = Path(__file__).parents[2] / "fixtures"
ROOT = "fixtures/"
NOT_RESOURCES = {
    "variable",
    "output",
    "module",
    "locals",
    "provider",
    "terraform",
    "data",
    "moved",
    "removed",
}
TEMPLATES = {"terraform/values-elsewhere/generator"}
"""Folders of templates of another program: the other reader drops such files whole."""

Theirs = dict[str, dict[str, Any]]


@cache
def ours() -> dict[str, dict[str, Resource]]:
    """Every managed resource of the fixtures, by root and address."""
    found: dict[str, dict[str, Resource]] = {}
    for resource in front_end.read(
        discover([FIXTURES]), ReadOptions(), load().hints()
    ).resources:
        root = resource.root or ""
        if (
            FIXTURES.parent / root / "terragrunt.hcl"
        ).exists():  # the other reader knows nothing of Terragrunt
            continue
        if resource.unreadable is not None or root.removeprefix(ROOT) in TEMPLATES:
            continue
        if _is_contradicted(resource):
            continue
        if root.startswith(ROOT) and not resource.address.startswith("terraform."):
            found.setdefault(root.removeprefix(ROOT), {})[resource.address] = resource
    return found


def _is_contradicted(resource: Resource) -> bool:
    """Whether it isn't there by a default that another value contradicts: the other reader knows the default alone."""
    exists = resource.exists
    return isinstance(exists, Unknown) and exists.kind is UnknownKind.CONTRADICTED


@cache
def theirs(root: str) -> Theirs:
    """The managed resources that the other reader finds, by address; what an override adds stands apart there."""
    found: Theirs = {}
    for kind, blocks in tfparse.load_from_path(str(FIXTURES / root)).items():
        for block in blocks if kind not in NOT_RESOURCES else ():
            if block["__tfmeta"].get("type") == "resource":
                found.setdefault(block["__tfmeta"]["path"], {}).update(block)
    return found


def texts(mine: dict[str, Resource], other: Theirs) -> Iterator[tuple[str, str, str, str]]:
    """(address, attribute, text here, text there) where both know an attribute. There, a hole stays as written."""
    for address in sorted(mine.keys() & other.keys()):
        for name, there in other[address].items():
            if (
                not isinstance(there, str)
                or name == "id"
                or name.startswith("__")
                or "${" in there
            ):
                continue
            for found in mine[address].attributes.read(name):
                if isinstance(found.value, Known) and isinstance(found.value.value, str):
                    yield address, name, found.value.value, there


def test_the_same_resources() -> None:
    other = {
        root: found.keys() ^ theirs(root).keys()
        for root, found in ours().items()
        if found.keys() != theirs(root).keys()
    }
    assert other == {}


def test_the_same_texts() -> None:
    other = {
        root: [each for each in texts(found, theirs(root)) if each[2] != each[3]]
        for root, found in ours().items()
    }
    assert {root: each for root, each in other.items() if each} == {}


def test_much_is_compared() -> None:
    assert sum(len(ours()[root]) for root in ours()) > 150
    assert sum(1 for root in ours() for _ in texts(ours()[root], theirs(root))) > 100
