"""Which folders are roots, which libraries, and with which values each is read."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sovlint.frontends.terraform.module import Module, called_folder, local_source
from sovlint.frontends.terraform.variables import automatic
from sovlint.globs import Base, folders
from sovlint.model.inputs import ReadOptions, RootOption

VALUES = (".tfvars", ".tfvars.json")
"""How the names of files of values end."""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder to read: with which values files, under which variant, and whether nobody here calls it (``library``).

    ``unlisted``: values files that stand there and that neither Terraform nor the configuration names. ``reached``: the
    folder itself and all that it calls, be it there or not.
    """

    folder: str
    variant: str | None
    values: tuple[str, ...]
    library: bool
    unlisted: tuple[str, ...] = ()
    reached: frozenset[str] = frozenset()


def find(
    modules: Mapping[str, Module],
    tfvars: Iterable[str],
    options: ReadOptions,
    real: Callable[[str], str],
    made: Mapping[str, set[str]] | None = None,
    used: Iterable[str] = (),
) -> list[Root]:
    """All roots and libraries, sorted by folder and variant (design, section 5). ``real`` follows links to folders.

    ``made``: by folder, those that calls name whose source is no literal. ``used``: folders that another tool runs as
    roots of its own: they aren't read by themselves.
    """
    files = sorted(tfvars)
    made = made or {}
    callees = {
        folder: _callees(module, modules, real) | (made.get(folder, set()) & modules.keys())
        for folder, module in modules.items()
    }
    called = {target for folder, targets in callees.items() for target in targets if target != folder}
    used = {folder for folder in used if not any(option.matches(folder) for option in options.roots)}
    chosen = [
        folder
        for folder in sorted(modules.keys() - used)
        if folder not in called or _starts(modules[folder], folder, options)
    ]
    reached = _reach([*chosen, *used], callees)
    for folder in sorted(modules):  # folders that only call each other: the first by path is the root
        if folder not in reached:
            chosen.append(folder)
            reached |= _reach([folder], callees)
    return [
        replace(root, reached=_called(folder, modules, callees, real, made))
        for folder in sorted(chosen)
        for root in _variants(modules[folder], files, options)
    ]


def _callees(module: Module, modules: Mapping[str, Module], real: Callable[[str], str]) -> set[str]:
    folders = (called_folder(module.folder, local_source(call)) for call in module.calls.values())
    return {real(folder) for folder in folders if folder is not None and real(folder) in modules}


def reached(folders: Iterable[str], modules: Mapping[str, Module], real: Callable[[str], str]) -> frozenset[str]:
    """Folders, and all that they call, be it there or not."""
    callees = {folder: _callees(module, modules, real) for folder, module in modules.items()}
    there = [folder for folder in folders if folder in modules]
    return frozenset(each for folder in there for each in _called(folder, modules, callees, real, {}))


def _called(
    folder: str,
    modules: Mapping[str, Module],
    callees: Mapping[str, set[str]],
    real: Callable[[str], str],
    made: Mapping[str, set[str]],
) -> frozenset[str]:
    """A folder, all that it calls, and folders that calls name and that aren't there."""
    reached = _reach([folder], callees)
    sources = ((each, local_source(call)) for each in reached for call in modules[each].calls.values())
    named = (called_folder(each, source) for each, source in sources)
    absent = (folder for each in reached for folder in made.get(each, ()))
    return frozenset({*reached, *absent, *(real(each) for each in named if each is not None)})


def _starts(module: Module, folder: str, options: ReadOptions) -> bool:
    return bool(module.state) or any(option.matches(folder) for option in options.roots)


def _reach(start: Iterable[str], callees: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    stack = list(start)
    while stack:
        folder = stack.pop()
        if folder not in reached:
            reached.add(folder)
            stack.extend(callees[folder])
    return reached


def _variants(module: Module, tfvars: list[str], options: ReadOptions) -> list[Root]:
    folder = module.folder
    below = [path for path in tfvars if _is_below(path, folder)]
    auto = automatic(folder, below)
    configured = any(option.matches(folder) for option in options.roots)
    named = {
        path for option in options.roots if option.matches(folder) for path in _listed(option.variants, folder, below)
    }
    always = [
        path for option in options.roots if option.matches(folder) for path in _listed(option.var_files, folder, below)
    ]
    own = [path for path in below if posixpath.dirname(path) == folder]
    unlisted = tuple(path for path in own if path not in {*auto, *named, *always, *options.variable_files})
    library = not (module.providers or module.state or own or configured or module.lost)
    given = (*always, *options.variable_files)
    if not named:
        return [Root(folder, None, (*auto, *given), library, unlisted)]
    return [
        Root(folder, posixpath.relpath(path, folder or "."), (*auto, path, *given), library, unlisted)
        for path in sorted(named)
    ]


def _listed(variants: Iterable[str], folder: str, below: Iterable[str]) -> list[str]:
    found: list[str] = []
    for pattern in variants:
        matches = folders(pattern, Base())
        found.extend(path for path in below if matches(posixpath.relpath(path, folder or ".")))
    return found


def unmatched(modules: Iterable[str], tfvars: Iterable[str], options: ReadOptions) -> Iterator[tuple[RootOption, str]]:
    """Globs of ``variants`` and ``var_files`` that match no file under any of their roots: probably mistyped."""
    files = sorted(tfvars)
    for option in options.roots:
        roots = [folder for folder in modules if option.matches(folder)]
        for pattern in (*option.variants, *option.var_files):
            if roots and not any(_listed([pattern], root, [p for p in files if _is_below(p, root)]) for root in roots):
                yield option, pattern


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")
