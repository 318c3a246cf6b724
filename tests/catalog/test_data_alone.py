"""The catalogue's code names nothing of the world: providers, regions, states, areas and registries are data alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sovlint.catalog.load import Catalog, load
from tests.catalog.house import SHIPPED

MODULES = sorted(SHIPPED.glob("*.py"))

NO_PLACE = {"global", "fr"}
"""The region of what has none, and a language: words of the format."""


def said(path: Path) -> set[str]:
    """The texts in a module, docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(each.value) for node in ast.walk(tree) for each in bare(node)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
    }


def bare(node: ast.AST) -> Iterator[ast.Expr]:
    """Statements of a body that are a text alone."""
    body = getattr(node, "body", None)
    for each in body if isinstance(body, list) else ():
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            yield each


@pytest.fixture(scope="module")
def world() -> set[str]:
    catalog: Catalog = load()
    names = {*catalog.providers, *catalog.jurisdictions, *catalog.areas, *catalog.schemes}
    names |= {provider.name for provider in catalog.providers.values()}
    names |= {code for provider in catalog.providers.values() for code in provider.regions}
    names |= {state.name.en for state in catalog.jurisdictions.values()}
    names |= {
        catalog.hints().namespace,
        *(registry.rstrip("/") for registry in catalog.hints().registries),
    }
    return names - NO_PLACE


def test_there_is_a_world_to_speak_of(world: set[str]) -> None:
    assert world >= {
        "aws",
        "eu-west-3",
        "FR",
        "France",
        "EEA",
        "hds",
        "hashicorp",
        "registry.terraform.io",
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_code_names_nothing_of_the_world(world: set[str], path: Path) -> None:
    assert said(path) & world == set()
