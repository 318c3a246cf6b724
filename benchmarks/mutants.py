"""``make mutants CHANGED=1``: small faults put into the lines that a change touches; who notices in the module's own room?

Some of the possible ones are drawn by ``--seed``. Each is put into a copy of the working tree, and the tests of the
folder that mirrors the module's are run there: ``tests/resolve/facts`` for ``sovlint/resolve/facts/attested.py``, or the
next folder above that is there. What no test notices is told with its place and its difference: exit code 1. Tests that
watch the time, take long or need another program are left out.

Two libraries were tried in December 2026. mutmut 3.8 can't be given lines, runs all tests first, works in a folder of
the working tree, leaves alone what stands outside of functions, and removes no statement. cosmic-ray 8.7 can be given
lines, but wants a file and a database for each module, changes files where they stand, draws nothing, knows no fault but
of operators and constants (of a sample's 35, eleven were in ``int | None``). What would be left to write is most of this.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODULES = "sovlint/*.py"
PYTEST = (sys.executable, "-m", "pytest", "-qq", "-x", "-n", "0", "-p", "no:cacheprovider",
          "-m", "not program and not timed and not slow and not endless")  # fmt: skip
MEMORY = 6 << 30
"""A loop that a fault makes endless may fill a list: so many bytes, and five times the time, are all that it gets."""
OTHERS = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,),
}  # fmt: skip
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault on a line: ``instead`` at the place that ``key`` names in ``holder``, a part of ``tree``."""

    path: str
    line: int
    tree: ast.Module
    holder: Any
    key: str | int
    instead: ast.AST

    @property
    def at(self) -> tuple[str, int]:
        """Where it is."""
        return self.path, self.line

    def text(self) -> str:
        """The module with it."""
        parts = self.holder if isinstance(self.holder, list) else vars(self.holder)
        kept, parts[self.key] = parts[self.key], self.instead
        try:
            return ast.unparse(ast.fix_missing_locations(self.tree))
        finally:
            parts[self.key] = kept


def faulty(node: Any) -> Iterator[ast.AST]:
    """What may stand in place of a node, with one small fault."""
    yield from (*_operators(node), *_values(node), *_statements(node))


def _operators(node: Any) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, right):
            for at, sign in enumerate(ops):
                for other in OTHERS[type(sign)]:
                    yield ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], right)
        case ast.BoolOp(sign, values):
            yield ast.BoolOp(OTHERS[type(sign)][0](), values)
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(sign, rest)
        case ast.BinOp(left, ast.Add() | ast.Sub() as sign, right):
            yield ast.BinOp(left, OTHERS[type(sign)][0](), right)
        case ast.UnaryOp(ast.Not(), inner):
            yield inner


def _values(node: Any) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield ast.Constant("" if value else "other")
        case ast.Name(name) if name in CALLED:
            yield ast.Name(CALLED[name])
        case ast.Call(called, positional, named):
            for at in range(len(named)):
                yield ast.Call(called, positional, [*named[:at], *named[at + 1 :]])


def _statements(node: Any) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value) if value is not None and ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.If(ast.Call() | ast.Name() | ast.Attribute() as test, body, other):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, other)
        case ast.Assign([ast.Attribute() | ast.Subscript(), *_]):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def mutants(path: str, text: str, lines: Collection[int]) -> Iterator[Mutant]:
    """Every mutant of these lines of a module. Annotations, docstrings, assertions and options of classes stay."""
    tree = ast.parse(text)
    waiting: list[ast.AST] = [tree]
    for holder in waiting:
        for field, value in ast.iter_fields(holder):
            for at, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not _runs(each, holder, field):
                    continue
                waiting.append(each)
                found = [*faulty(each)] if getattr(each, "lineno", 0) in lines else []
                place = (holder, field) if at is None else (value, at)
                yield from (Mutant(path, each.lineno, tree, *place, one) for one in found)


def _runs(node: object, holder: ast.AST, field: str) -> bool:
    stays = field in ("annotation", "returns", "decorator_list")
    if stays or (isinstance(holder, ast.ClassDef) and field == "keywords"):
        return False
    says = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return isinstance(node, ast.AST) and not says and not isinstance(node, ast.Assert)


def drawn(found: Iterable[Mutant], seed: int, count: int) -> list[Mutant]:
    """Some of them, the same for the same seed: a second one of a line only where each line has one."""
    mixed, met = [*found], Counter[tuple[str, int]]()
    random.Random(seed).shuffle(mixed)
    turns = [
        (met.update([one.at]) or met[one.at], number) for number, one in enumerate(mixed)
    ]
    return sorted((mixed[at] for _, at in sorted(turns)[:count]), key=lambda one: one.at)


def git(*arguments: str) -> list[str]:
    """The lines that git answers; it says itself what is wrong."""
    return subprocess.check_output(["git", *arguments], text=True).splitlines()


def changed(since: str, only: str) -> Iterator[tuple[str, Collection[int]]]:
    """Modules with the lines that came after a commit, or that ``only`` one wrote, as they stand now."""
    for name in git("diff", "--name-only", "--diff-filter=d", since, "--", MODULES):
        told = enumerate(git("blame", "-l", "-s", f"^{since}", "--", name), 1)
        yield name, {at for at, each in told if each[0] != "^" and each.startswith(only)}
    for name in [] if only else git("ls-files", "-o", "--exclude-standard", MODULES):
        yield name, range(1, 1_000_000)


def room(path: str) -> str:
    """The tests of a module: the nearest folder below ``tests`` that mirrors its own, else the file named like it."""
    below = ("tests", *Path(path).parts[1:-1])
    folders = ["/".join(below[:depth]) for depth in range(len(below), 1, -1)]
    named = [f"tests/test_{Path(path).stem}.py"]
    return next((each for each in (*folders, *named) if Path(each).exists()), "")


def copied(folder: Path) -> None:
    """Copy the working tree."""
    for name in filter(os.path.isfile, git("ls-files", "-co", "--exclude-standard")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(name, folder / name)


def write(file: Path, text: str) -> None:
    """Write a module. What was compiled of it goes: of the same second and size, Python would run that."""
    file.write_text(text, encoding="utf-8")
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*"):
        compiled.unlink()


def passes(folder: Path, tests: str, seed: int, seconds: float | None = None) -> bool:
    """Whether tests pass, in time; without a time they say how they went."""
    done = subprocess.Popen(
        [*PYTEST, f"--hypothesis-seed={seed}", tests],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if seconds else None, stderr=subprocess.STDOUT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )  # fmt: skip
    try:
        return done.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(done.pid, signal.SIGKILL)
        done.wait()


def survivors(some: Iterable[Mutant], seed: int, folder: Path) -> Iterator[Mutant]:
    """Those that the tests of their room let live, tried in a folder. Without them, they must pass."""
    copied(folder)
    took: dict[str, float] = {"": 0}
    for one in some:
        tests, started = room(one.path), time.monotonic()
        if tests not in took:
            if not passes(folder, tests, seed):
                raise SystemExit(f"{tests}: doesn't pass as it is")
            took[tests] = time.monotonic() - started
        write(folder / one.path, one.text())
        lives = not tests or passes(folder, tests, seed, 30 + 5 * took[tests])
        write(folder / one.path, Path(one.path).read_text(encoding="utf-8"))
        place = f"{one.path}:{one.line} ({tests or 'no tests mirror it'})"
        print("SURVIVED" if lives else "killed  ", place, flush=True)
        if lives:
            yield one


def main() -> int:
    """Tell which of the drawn mutants nobody notices."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--base", help="instead of where the branch left main, or else the last commit"
    )
    parser.add_argument("--commit", help="what it alone wrote, as that stands now")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    asked = parser.parse_args()
    # So that the tests end too, and the copy goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    base = git("merge-base", "main", "HEAD")[0]
    since = asked.base or (base if git("diff", "--name-only", base) else "HEAD~1")
    only = git("rev-parse", asked.commit)[0] if asked.commit else ""
    lines = changed(f"{only}~1" if only else since, only)
    texts = ((path, Path(path).read_text(encoding="utf-8"), wanted) for path, wanted in lines)
    found = [one for each in texts for one in mutants(*each)]
    some = drawn(found, asked.seed, asked.count)
    print(f"{len(some)} of {len(found)} mutants of lines of {only or since}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        left = [*survivors(some, asked.seed, Path(folder))]
    for one in left:
        both = (ast.unparse(one.tree).splitlines(), one.text().splitlines())
        told = [*difflib.unified_diff(*both, lineterm="", n=1)][3:]
        print("", f"{one.path}:{one.line}", *told, sep="\n")
    print(f"\n{len(some) - len(left)} of {len(some)} killed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
