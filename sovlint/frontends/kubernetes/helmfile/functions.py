"""Functions that Helmfile gives its templates besides Helm's.

Source: Helmfile's documentation, "Template Functions" (https://helmfile.readthedocs.io/en/latest/templating_funcs/),
background knowledge. What asks the environment, a program or a store of secrets isn't known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import (
    Execution,
    TemplateError,
    TemplateFunction,
)
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import Map

ReadText = Callable[[str], str | None]
"""The text of a file of the repository, by its path from the helmfile's folder; ``None`` for one that isn't there."""

_UNKNOWN: Final = (
    "env", "requiredEnv", "exec", "envExec", "fetchSecretValue", "expandSecretRefs", "readDir", "readDirEntries",
)  # fmt: skip


def functions(read: ReadText) -> Mapping[str, TemplateFunction]:
    """All functions that a helmfile may call."""
    own: dict[str, TemplateFunction] = {name: _asking(name) for name in _UNKNOWN}
    own |= {"get": _get, "getOrNil": _get_or_nil, "readFile": _reading(read)}
    own |= {"isFile": _testing("isFile", read), "isDir": _asking("isDir")}
    return _OwnAndHelms(own)


class _OwnAndHelms(Mapping[str, TemplateFunction]):
    """Functions of one's own, then Helm's: those are imported one by one."""

    def __init__(self, own: Mapping[str, TemplateFunction]) -> None:
        self._own = own

    def __getitem__(self, name: str) -> TemplateFunction:
        return self._own[name] if name in self._own else FUNCTIONS[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in FUNCTIONS

    def __iter__(self) -> Any:
        return iter({**self._own, **dict.fromkeys(FUNCTIONS)})

    def __len__(self) -> int:
        return len({*self._own, *FUNCTIONS})


def _asking(name: str) -> TemplateFunction:
    def ask(run: Execution, *arguments: Any) -> Any:
        return run.unknown(name, *arguments)

    return ask


def _reading(read: ReadText) -> TemplateFunction:
    def read_file(run: Execution, *arguments: Any) -> Any:
        (path,) = arguments
        if not isinstance(path, str) or has_holes(path):
            return run.unknown("readFile", path)
        found = read(path)
        return run.unknown("readFile", path) if found is None else found

    return read_file


def _testing(name: str, read: ReadText) -> TemplateFunction:
    """Whether a file is there: one that isn't in the repository may be there when Helmfile runs."""

    def test(run: Execution, *arguments: Any) -> Any:
        (path,) = arguments
        known = isinstance(path, str) and not has_holes(path) and read(path) is not None
        return True if known else run.unknown(name, path)

    return test


_MISSING: Final = object()


def _get(run: Execution, *arguments: Any) -> Any:
    """``get "a.b" default object``, or without a default, which must be there then."""
    *given, target = arguments
    path, default = given[0], given[1] if len(given) > 1 else _MISSING
    found = _at(run, path, target)
    if found is not _MISSING:
        return found
    if default is _MISSING:
        raise TemplateError(f"no value exist for key {path}")
    return default


def _get_or_nil(run: Execution, *arguments: Any) -> Any:
    found = _at(run, arguments[0], arguments[-1])
    return None if found is _MISSING else found


def _at(run: Execution, path: Any, target: Any) -> Any:
    """What stands at a path of keys with dots between them."""
    if not isinstance(path, str) or has_holes(path):
        return run.unknown("get", path, target)
    for key in path.split("."):
        if isinstance(target, TemplateHole):
            return run.unknown("get", path, target)
        if not isinstance(target, dict):
            return _MISSING
        if key not in target:
            rest = target.rest if isinstance(target, Map) else None
            return _MISSING if rest is None else run.unknown("get", path, rest)
        target = target[key]
    return target
