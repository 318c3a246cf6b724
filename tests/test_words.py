"""Functions that can be read at once, and names that mean one thing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

RULES = ("C901", "PLR0913", "PLR0917")
"""Too many branches, too many parameters, too many of them without a name."""


def offences() -> list[tuple[str, str]]:
    """Files and the rules that a function there breaks, whatever exempts it."""
    result = subprocess.run(
        [
            sys.executable, "-m", "ruff", "check", ".", "--no-cache", "--ignore-noqa", "--output-format", "json",
            "--select", ",".join(RULES), "--config", "lint.per-file-ignores = {}",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode <= 1, result.stderr
    return [
        (Path(each["filename"]).relative_to(ROOT).as_posix(), each["code"])
        for each in json.loads(result.stdout)
    ]


def test_no_function_is_too_large() -> None:
    """Not even one that is exempted."""
    assert offences() == []


def types_of(path: Path) -> Iterator[str]:
    """The public types that a module defines: classes, and other names for types. Type variables are none."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            name = ast.unparse(
                node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            )
            is_constant = not name[:1].isupper() or name.isupper()
            if not is_constant and not ast.unparse(node.value).startswith("TypeVar("):
                yield name


def test_a_public_type_means_one_thing() -> None:
    """A name stands once in the package. In an answer a thing has the name that it has inside."""
    package = ROOT / "sovlint"
    modules = sorted({*package.rglob("*.py")} - {*(package / "contract").iterdir()})
    names = Counter(
        name for path in modules for name in types_of(path) if not name.startswith("_")
    )
    assert {name: count for name, count in names.items() if count > 1} == {}
