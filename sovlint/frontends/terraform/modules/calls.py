"""Roots where who calls whom depends on values: sources of modules that are made of variables and locals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.modules import callees
from sovlint.frontends.terraform.modules.module import Module, called_folder, local_source
from sovlint.frontends.terraform.modules.module_instance import RootContext
from sovlint.frontends.terraform.modules.roots import Root, find
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.unread_callers import unread_callers
from sovlint.frontends.terraform.modules.variables import gather
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.source import Span
from sovlint.rules.hints import Hints

MAX_ROUNDS = 5
"""What is called tells which folders are roots, and these tell what is called. It settles at once in what people
write."""


def roots(
    modules: Mapping[str, Module],
    tfvars: Sequence[str],
    options: ReadOptions,
    reader: Reader,
    hints: Hints,
    used: Iterable[str] = (),
) -> list[Root]:
    """All roots and libraries (``roots.find``). A folder that a root calls with its values is none; one that is but
    called with other values is a library, so that every folder is read."""
    used = frozenset(used)
    found = find(modules, tfvars, options, reader.real, used=used)
    made = {
        folder
        for folder, module in modules.items()
        if any(map(_is_made, module.calls.values()))
    }
    calls: dict[str, set[str]] = {}
    for _ in range(MAX_ROUNDS if made else 0):
        calls = {}
        for root in found:
            if made & root.reached:
                given = gather(root.values, options.variables, reader)
                scope = ModuleScope(
                    RootContext(modules, reader, hints), modules[root.folder], given=given
                )
                _walk(scope, calls)
        again = find(modules, tfvars, options, reader.real, calls, used)
        if again == found:
            break
        found = again
    known = {root.folder for root in found if not root.library} | used
    callers = _callers(modules.keys() - known, reader, hints, options)
    return (
        find(modules, tfvars, options, reader.real, calls, used, callers)
        if callers
        else found
    )


def _callers(
    folders: Collection[str], reader: Reader, hints: Hints, options: ReadOptions
) -> Mapping[str, Span]:
    """What calls folders and isn't read; as it was found before, where the files that were looked through are the same."""
    if options.cache is None:
        return unread_callers(folders, reader, hints)
    found: Mapping[str, Span] = options.cache.reading(
        f"callers of {sorted(folders)}",
        reader,
        lambda asking: unread_callers(folders, asking, hints),
    )
    return found


def _is_made(call: Block) -> bool:
    return local_source(call) is None and "source" in call.body.attributes


def _walk(scope: ModuleScope, calls: dict[str, set[str]]) -> None:
    """Add the folders that calls name by an expression, be they there or not, by the folder that calls."""
    folder = scope.module.folder
    for call in scope.module.calls.values():
        target = (
            called_folder(folder, callees.source(scope, call)) if _is_made(call) else None
        )
        if target is not None:
            calls.setdefault(folder, set()).add(scope.world.reader.real(target))
        for _, child in scope.children(call):
            _walk(child, calls)
