"""What holds everywhere: imports go one way, every module says which room it is, and only the edges touch the world."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import sovlint

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sovlint"
MODULES = sorted(PACKAGE.rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

EDGES = (
    "cli.py", "commands/", "configuration/read_config.py", "configuration/config_file.py", "files/discover.py",
    "files/regular_files.py", "files/repository.py", "files/scan_place.py",
    "files/walk.py", "files/index_file.py", "files/revision.py", "files/git.py", "files/objects.py", "catalog/shipped.py",
    "catalog/load.py", "catalog/compiling/files.py", "catalog/checks/check.py", "policy/compile.py", "policy/load.py",
    "policy/read.py", "policy/seal/framework.py", "files/package_data.py", "exceptions/baseline_file.py",
    "configuration/offers_file.py",
    "report/page/shipped.py", "model/redaction/forms.py", "rules/domains.py",
    "catalog/releases/carried.py",
    "signing.py", "installation.py", "fleet/modules.py",
    "registers/forms.py",
    "report/pieces/typeset.py", "cache/folder.py",
    "fleet/",
)  # fmt: skip
"""Where disk, terminal or environment may be touched: the edges, and the loaders of what ships (data, schemas)."""

TOUCHING = {"open", "print", "input", "exit", "quit", "breakpoint"}
TOUCHING_ATTRIBUTES = {
    "environ", "getenv", "stdout", "stderr", "stdin", "exit", "system", "read_text", "read_bytes", "write_text",
    "write_bytes", "iterdir", "rglob", "scandir", "listdir", "urlopen", "socket",
}  # fmt: skip

DISTRIBUTIONS = {
    "jinja2": "Jinja2", "markupsafe": "MarkupSafe", "securesystemslib": "securesystemslib", "cryptography": "cryptography",
    "dask": "dask", "distributed": "distributed", "duckdb": "duckdb", "fsspec": "fsspec",
    "icalendar": "icalendar", "typst": "typst", "xlsxwriter": "XlsxWriter",
    "click": "click", "hcl2": "python-hcl2", "jsonschema": "jsonschema", "junitparser": "junitparser",
    "msgspec": "msgspec", "packaging": "packaging", "pathspec": "pathspec",
    "publicsuffixlist": "publicsuffixlist", "ruamel": "ruamel.yaml",
    "tree_sitter": "tree-sitter", "tree_sitter_bash": "tree-sitter-bash", "tree_sitter_hcl": "tree-sitter-hcl",
    "yaml": "PyYAML",
}  # fmt: skip
"""Names that are imported, and the distributions that bring them."""


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All of a module, found once for all rules."""
    return tuple(ast.walk(tree))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def offenders(
    rule: Callable[[ast.Module], list[str]], but: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """By module, what breaks a rule there; modules whose names begin like one of ``but`` are free of it."""
    found = {
        name(path): rule(parsed(path))
        for path in MODULES
        if not (but and name(path).startswith(but))
    }
    return {module: broken for module, broken in found.items() if broken}


def test_imports_go_one_way() -> None:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Contracts: 10 kept, 0 broken." in result.stdout


def test_no_file_imports_in_a_circle() -> None:
    """Nor late, nor for types alone: what two files need of each other is a third one, such as a protocol."""
    from docs.picture import circles_in, import_graph

    assert circles_in(import_graph()) == []


def test_every_module_says_which_room_it_is() -> None:
    assert offenders(lambda tree: [] if ast.get_docstring(tree) else ["no docstring"]) == {}


def test_every_public_name_has_its_docstring() -> None:
    assert offenders(_undocumented) == {}


def _undocumented(tree: ast.Module) -> list[str]:
    bare = []
    for node in [tree, *(each for each in tree.body if isinstance(each, ast.ClassDef))]:
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            continue
        for inner in node.body:
            if isinstance(
                inner, ast.ClassDef | ast.FunctionDef
            ) and not inner.name.startswith("_"):
                overloaded = any(
                    "overload" in ast.dump(each) for each in inner.decorator_list
                )
                if not ast.get_docstring(inner) and not overloaded:
                    bare.append(f"{inner.name} (line {inner.lineno})")
    return bare


def test_only_the_edges_touch_disk_terminal_and_environment() -> None:
    assert offenders(_touching, but=EDGES) == {}


def _touching(tree: ast.Module) -> list[str]:
    touching = []
    for node in nodes(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in TOUCHING:
            touching.append(f"{called.id}() (line {node.lineno})")
        if isinstance(node, ast.Attribute) and node.attr in TOUCHING_ATTRIBUTES:
            touching.append(f".{node.attr} (line {node.lineno})")
    return touching


def test_what_is_imported_is_declared() -> None:
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    needed = [
        *project["dependencies"],
        *extras["edit"],
        *extras["report"],
        *extras["registers"],
        *extras["sign"],
        *extras["fleet"],
    ]
    declared = {re.split(r"[<>=!~\[ ]", each)[0] for each in needed}
    ours = {"sovlint", *sys.stdlib_module_names}

    def undeclared(tree: ast.Module) -> list[str]:
        used = {module.split(".")[0] for module in imported(tree)} - ours
        return sorted(module for module in used if DISTRIBUTIONS.get(module) not in declared)

    assert offenders(undeclared) == {}


def test_every_dependency_has_its_line() -> None:
    """What it is for, how large it is, under which licence, and when it was last released."""
    project, build = PYPROJECT["project"], PYPROJECT["build-system"]
    optional = [each for extra in project["optional-dependencies"].values() for each in extra]
    declared = {
        re.split(r"[<>=!~\[ ]", each)[0]
        for each in (*project["dependencies"], *optional, *build["requires"])
    }
    chapter = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = [
        line.strip("| ").split(" | ")
        for line in chapter.splitlines()
        if line.startswith("| ") and not line.startswith("| library")
    ]
    assert sorted(row[0] for row in rows) == sorted(declared)
    assert {len(row) for row in rows} == {5, 6}
    assert [row for row in rows if not all(row)] == []
    assert [
        row[-1] for row in rows if not re.fullmatch(r"[\d.]+, 20\d\d-\d\d", row[-1])
    ] == []


EXTRAS = {
    "edit/hcl_library.py": {"hcl2"},
    "report/page/": {"markupsafe"},
    "report/pieces/typeset.py": {"typst"},
    "report/calendar.py": {"icalendar"},
    "registers/writing/xlsx.py": {"xlsxwriter"},
    "signing.py": {"securesystemslib", "cryptography"},
    "fleet/": {"dask", "distributed", "duckdb", "fsspec"},
}
"""Where alone what an extra brings is imported."""


@pytest.mark.parametrize("where", EXTRAS)
def test_what_an_extra_brings_is_imported_in_one_place_alone(where: str) -> None:
    for path in MODULES:
        if not name(path).startswith(where):
            found = {each.split(".")[0] for each in imported(parsed(path))}
            assert EXTRAS[where].isdisjoint(found), name(path)


def test_jinja_is_asked_for_trees_and_for_the_page_alone() -> None:
    asking = {name(path) for path in MODULES if "jinja2" in {*imported(parsed(path))}}
    assert all(each.startswith(("expressions/jinja/", "report/page/")) for each in asking)


def test_no_network() -> None:
    reaching = {
        "urllib.request",
        "http.client",
        "socket",
        "requests",
        "httpx",
        "ftplib",
        "smtplib",
        "asyncio",
    }
    for path in MODULES:
        assert reaching.isdisjoint(imported(parsed(path))), name(path)


def test_resources_are_known_by_their_numbers() -> None:
    """What is kept by ``id()`` is lost when a resource is replaced by a fuller copy of itself."""
    assert offenders(_ids_of_resources) == {}


def _ids_of_resources(tree: ast.Module) -> list[str]:
    return [
        f"{ast.unparse(node)} (line {node.lineno})" for node in nodes(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"
        and ast.unparse(node.args[0]).split(".")[-1] in {"resource", "source", "target"}
    ]  # fmt: skip


def test_only_reports_read_which_message_a_note_is() -> None:
    """A note is words: what decides anything is a kind of step or of unknown, a type, a field."""
    assert offenders(_keys_of_notes, but=("report/",)) == {}


def _keys_of_notes(tree: ast.Module) -> list[str]:
    return [
        f"{ast.unparse(node)} (line {node.lineno})" for node in nodes(tree)
        if isinstance(node, ast.Attribute) and node.attr == "key" and ast.unparse(node.value).split(".")[-1] == "note"
    ]  # fmt: skip


def test_the_catalogue_is_data_alone() -> None:
    """Code never names a provider (the ids are data); words that are also something else are left out."""
    from sovlint.catalog.load import load

    providers = {provider for provider in load().providers if len(provider) > 2} - {
        "terraform",
        "kubernetes",
        "github",
    }
    for path in MODULES:
        found = nodes(parsed(path))
        said = {
            id(node.value)
            for node in found
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }  # docstrings
        constants = {
            node.value for node in found
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        }  # fmt: skip
        assert constants & providers == set(), name(path)


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "schemas").glob("*.json")), ids=lambda path: path.name
)
def test_every_schema_is_one(path: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_package_itself_has_a_version_and_imports_nothing_of_itself() -> None:
    body = parsed(PACKAGE / "__init__.py").body
    assert f"__version__ = '{sovlint.__version__}'" in map(ast.unparse, body)
    imported = [each for each in body if isinstance(each, ast.Import | ast.ImportFrom)]
    assert list(map(ast.unparse, imported)) == ["from importlib import import_module"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", sovlint.__version__)
