"""``make check``: the tests that a change is most likely to fail, nearest first, for about a minute.

A changed module is looked for in three ways: in the folder of tests that mirrors its own, in tests that import it, and in
tests that import what imports it, by as many steps as it takes. A file of data is near the tests that mirror its folder,
near modules and tests that name it, and near the tests of ``WHOLE_RUNS``. What time doesn't allow is counted, and is for
``make test-all``.
"""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import grimp
import pytest

from benchmarks.mutants import git, room

SECONDS: Final = 75
"""Tests begin for so long after the start of pytest."""
LINES: Final = 30_000
"""Files of tests are collected up to so many lines: to collect all of them takes a third of the time."""
WHOLE_RUNS: Final = (
    "tests/test_fixtures.py",
    "tests/test_architecture.py",
    "tests/test_words.py",
)
"""What sees a change wherever it is made: whole repositories with the findings expected of them, and the house's rules."""
MIRRORS: Final[Mapping[str, str]] = {
    "policies": "tests/policy",
    "docs": "tests/test_docs.py",
    "fixtures": "tests/policy",
    ".ci": "tests/test_ci_steps.py",
    "templates": "tests/test_ci_steps.py",
}
"""Tests of folders beside the package, whose names are others."""
Near = dict[str, int]
"""Files of tests, by how many steps they are from a change."""


def changed(base: str | None) -> list[str]:
    """The paths that differ from where the branch left ``base`` (none: ``main``, or the last commit on it)."""
    since = git("merge-base", base or "main", "HEAD")[0]
    if not base and since == git("rev-parse", "HEAD")[0]:
        since = "HEAD"
    new = git("ls-files", "-o", "--exclude-standard")
    return sorted({*git("diff", "--name-only", since), *new})


def imported(text: str) -> set[str]:
    """The names of all modules that a module imports, and of what it takes from them, which may be modules too."""
    found = set()
    for each in ast.walk(ast.parse(text)):
        if isinstance(each, ast.Import):
            found |= {alias.name for alias in each.names}
        elif isinstance(each, ast.ImportFrom) and each.module:
            found |= {each.module, *(f"{each.module}.{alias.name}" for alias in each.names)}
    return found


def dotted(path: str) -> str:
    """The name of a module, by its path."""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


class House:
    """The modules and the tests of the working tree, and who imports whom."""

    def __init__(self, root: Path, importers: Mapping[str, Collection[str]]) -> None:
        self.texts = {
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
            for folder in ("sovlint", "tests")
            for path in sorted((root / folder).rglob("*.py"))
        }
        self.importers = {name: set(found) for name, found in importers.items()}
        for path, text in self.texts.items():
            for name in imported(text) if path.startswith("tests/") else ():
                self.importers.setdefault(name, set()).add(dotted(path))
        self.paths = {dotted(path): path for path in self.texts}

    def tests(self, changes: Iterable[str]) -> Near:
        """The files of tests that some changes are near to."""
        found: Near = {}
        names: dict[str, int] = {}
        for path in changes:
            for each, steps in self._beginning(path):
                if each.endswith(".py"):
                    names[dotted(each)] = min(steps, names.get(dotted(each), steps))
                for test in self._of_folder(each, path):
                    found[test] = 0
        for name, steps in self._reached(names).items():
            test = self.paths.get(name, "")
            if is_test(test):
                found[test] = min(steps, found.get(test, steps))
        return found

    def _beginning(self, path: str) -> Iterator[tuple[str, int]]:
        """Where to look from: the file itself, and who names it in a text."""
        yield path, 0
        if path.endswith(".py"):
            return
        folder, _, name = path.rpartition("/")
        for each, text in self.texts.items():
            if name in text or (folder.count("/") and folder in text):
                yield each, 1
        yield from ((each, 1) for each in WHOLE_RUNS)

    def _of_folder(self, each: str, path: str) -> list[str]:
        """The tests that mirror the folder of a changed file."""
        if each != path or path.startswith("tests/"):
            return []
        top = path.split("/", 1)[0]
        mirror = room(path) if top == "sovlint" else MIRRORS.get(top, "")
        return [
            test
            for test in self.texts
            if mirror and is_test(test) and test.startswith(mirror)
        ]

    def _reached(self, names: Near) -> Near:
        """All that imports some modules, by how many steps."""
        found, left = dict(names), deque(sorted(names, key=lambda name: names[name]))
        while left:
            name = left.popleft()
            for importer in self.importers.get(name, ()):
                if importer not in found:
                    found[importer] = found[name] + 1
                    left.append(importer)
        return found


def is_test(path: str) -> bool:
    """Whether pytest collects a file."""
    return path.startswith("tests/") and Path(path).name.startswith("test_")


def chosen(near: Near, texts: Mapping[str, str]) -> list[str]:
    """The files to collect, nearest first. ``WHOLE_RUNS`` are among them wherever there is a change at all."""
    near = {
        **near,
        **{each: min(near.get(each, 1), 1) for each in WHOLE_RUNS if each in texts},
    }
    found: list[str] = []
    lines = 0
    for path in sorted(near, key=lambda each: (near[each], texts[each].count("\n"), each)):
        lines += texts[path].count("\n")
        if found and lines > LINES:
            break
        found.append(path)
    return found


class Bounded:
    """A plug-in of pytest: what hasn't begun in time is left out, and counted."""

    def __init__(self) -> None:
        self.until = time.monotonic() + SECONDS

    def pytest_runtest_setup(self) -> None:
        """Leave a test out once the time is over."""
        if time.monotonic() > self.until:
            pytest.skip("left for `make test-all`: the time is over")


def pytest_configure(config: pytest.Config) -> None:
    """Each process of a run begins to count when it starts."""
    config.pluginmanager.register(Bounded())


def main() -> int:
    """Run what is near; the exit code is pytest's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", help="since when, instead of where the branch left main")
    parser.add_argument("--list", action="store_true", help="only say which files of tests")
    asked = parser.parse_args()
    changes = changed(asked.base)
    if not changes:
        print("nothing is changed")
        return 0
    graph = grimp.build_graph("sovlint", cache_dir=None)
    importers = {
        name: graph.find_modules_that_directly_import(name) for name in graph.modules
    }
    house = House(Path.cwd(), importers)
    near = house.tests(changes)
    files = chosen(near, house.texts)
    print(
        f"{len(changes)} changed; of {len(near)} files of tests the nearest {len(files)}",
        flush=True,
    )
    if asked.list:
        print("\n".join(files))
        return 0
    command = (
        sys.executable, "-m", "pytest", "-q", "-p", "benchmarks.check", "--numprocesses", "auto", "--dist", "load",
        "--maxschedchunk", "4", "-m", "not program and not timed and not slow", *files,
    )  # fmt: skip
    return subprocess.call(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})


if __name__ == "__main__":
    raise SystemExit(main())
