"""``make rent FOLDERS=... [MODULES='sovlint.rules.*']``: how many verdicts each module decides.

Every function of a module is replaced, one module at a time, by one that finds nothing, or by ``Unknown`` where a value
is asked for. Each folder is then scanned anew, as health data. What comes out otherwise is counted: findings that are
gone, new or of another verdict. A module that changes none on real repositories and on the fixtures decides nothing.

``benchmarks/rent_exempt.csv`` has those that needn't decide anything, and why: what bounds, masks, refuses or guards. The
table goes to the standard output as CSV: module, lines, functions, how many of them could be replaced, what changed, and
in how many folders the scan broke off, which means that something depends on it.

What a function gives is told by its annotation alone. A function of another kind of result, a method that ``super()``
needs, and a function within a function stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import pickle
import pkgutil
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Final, Literal

import sovlint
from sovlint.model.value import Reason, Unknown

EXEMPT: Final = Path(__file__).with_name("rent_exempt.csv")
SECONDS: Final = 120
"""A scan that takes longer broke off."""
Verdicts = Counter[tuple[object, ...]]
NOTHING: Final = Unknown(Reason.UNSUPPORTED_EXPRESSION, "rent")
INSTEAD: Final[Sequence[tuple[str, Callable[..., object]]]] = (
    (r"(?:Value|Unknown)\b.*", lambda *_, **__: _rent_nothing),  # type: ignore[name-defined]  # noqa: F821
    (r"bool", lambda *_, **__: False),
    (r"int", lambda *_, **__: 0),
    (r"str", lambda *_, **__: ""),
    (r"tuple\[.*\.\.\.\]", lambda *_, **__: ()),
    (r"(?:list|Sequence|Collection|Iterable)\b.*", lambda *_, **__: []),
    (r"(?:Iterator|Generator)\b.*", lambda *_, **__: iter(())),
    (r"(?:dict|Mapping)\b.*", lambda *_, **__: {}),
    (r"(?:set|frozenset|Set|AbstractSet)\b.*", lambda *_, **__: frozenset()),
    (r".*\| None|None", lambda *_, **__: None),
)
"""What finds nothing, by the annotation of what a function gives. The first one that fits is taken."""


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods that a module defines."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        held = vars(value).values() if isinstance(value, type) else (value,)
        for each in held:
            inner = getattr(each, "fget", getattr(each, "__func__", each))
            inner = getattr(inner, "__wrapped__", inner)
            if isinstance(inner, FunctionType) and not inner.__name__.startswith("__"):
                yield inner


def replaced(function: FunctionType) -> bool:
    """Make a function find nothing; whether that could be done."""
    code = instead_of(str(function.__annotations__.get("return")))
    if code is None or function.__code__.co_freevars:
        return False
    function.__globals__["_rent_nothing"] = NOTHING
    function.__kwdefaults__ = None
    function.__code__ = code
    return True


def instead_of(annotation: str) -> CodeType | None:
    """The code of what finds nothing; ``None`` where nothing is told of such a result."""
    for pattern, give in INSTEAD:
        if re.fullmatch(pattern, annotation):
            return give.__code__
    return None


def verdicts(folder: Path) -> Verdicts:
    """The findings of a folder, each by what it is of and its verdict."""
    report = sovlint.scan(folder, no_config=True, assume="health", show="compliant")
    return Counter(
        (each.policy, each.address, each.path, each.line, each.verdict)
        for each in report.findings
    )


def differing(before: Verdicts, after: Verdicts) -> int:
    """How many findings are gone, new or of another verdict."""
    gone, new = before - after, after - before
    return max(gone.total(), new.total())


def tried(
    name: str, folders: Sequence[Path], before: Mapping[Path, Verdicts]
) -> list[object]:
    """A row of the table: a module replaced in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "wb") as out, Path(os.devnull).open("w") as silent:
            os.dup2(silent.fileno(), 1)
            os.dup2(silent.fileno(), 2)
            pickle.dump(_row(name, folders, before), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        data = answer.read()
    os.waitpid(child, 0)
    row: list[object] = pickle.loads(data) if data else [name, "", "", "", "", len(folders)]
    return row


def _row(name: str, folders: Sequence[Path], before: Mapping[Path, Verdicts]) -> list[object]:
    module = sys.modules[name]
    functions = list(functions_of(module))
    count = sum(map(replaced, functions))
    changed, broken = 0, 0
    for folder in folders if count else ():
        try:
            with limited():
                changed += differing(before[folder], verdicts(folder))
        except Exception:
            broken += 1
    lines = len(Path(str(module.__file__)).read_text(encoding="utf-8").splitlines())
    return [name, lines, len(functions), count, changed, broken]


class limited:  # noqa: N801 - reads as a sentence
    """Break off after ``SECONDS``: a loop may wait for what never comes now."""

    def __enter__(self) -> None:
        signal.signal(signal.SIGALRM, _stop)
        signal.alarm(SECONDS)

    def __exit__(self, *_: object) -> Literal[False]:
        signal.alarm(0)
        return False


def _stop(*_: object) -> None:
    raise TimeoutError


def modules(patterns: Iterable[str]) -> Iterator[str]:
    """The names of modules that are meant, but for those that needn't decide anything."""
    exempt = exemptions()
    for found in pkgutil.walk_packages(sovlint.__path__, "sovlint."):
        if found.ispkg or not any(fnmatch(found.name, each) for each in patterns):
            continue
        if not any(fnmatch(found.name, each) for each in exempt):
            yield found.name


def exemptions() -> Mapping[str, str]:
    """Why modules needn't decide anything, by a pattern of their names."""
    with EXEMPT.open(encoding="utf-8", newline="") as file:
        return {row["modules"]: row["why"] for row in csv.DictReader(file)}


def main() -> int:
    """The table. Modules that no scan imports decide nothing, and are told so without being tried."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--modules", nargs="+", default=["sovlint.*"])
    options = parser.parse_args()
    before = {folder: verdicts(folder) for folder in options.folders}
    met = frozenset(sys.modules)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["module", "lines", "functions", "replaced", "changed", "broke off"])
    for name in modules(options.modules):
        if name in met:
            out.writerow(tried(name, options.folders, before))
        else:
            with suppress(ImportError):
                importlib.import_module(name)
                out.writerow(_row(name, (), before))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
