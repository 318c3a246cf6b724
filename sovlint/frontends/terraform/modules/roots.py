"""Which folders are roots, which libraries, and with which values each is read."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.files.globs import Base, folders
from sovlint.frontends.terraform.claims import VALUES
from sovlint.frontends.terraform.modules.module import Module, called_folder, local_source
from sovlint.frontends.terraform.modules.variables import automatic
from sovlint.model.inputs import ReadOptions, RootOption
from sovlint.model.source import Span
from sovlint.model.text import Note

_WILD = frozenset("*?")
NOBODY: Final[Mapping[str, Span]] = {}


class Root(Struct, frozen=True):
    """A folder to read: with which values files, under which variant, and whether nobody here calls it (``library``).

    ``unlisted``: values files that stand there and that neither Terraform nor the configuration names. ``reached``: the
    folder itself and all that it calls, be it there or not. ``places``: folders below which its values are looked for;
    ``absent``: files of values that the configuration names and that no root of its has.
    """

    folder: str
    variant: str | None
    values: tuple[str, ...]
    library: bool
    unlisted: tuple[str, ...] = ()
    reached: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()
    caller: Span | None = None
    """Where a file that nobody reads calls it: no library, and with values that nobody knows."""


def find(
    modules: Mapping[str, Module],
    tfvars: Iterable[str],
    options: ReadOptions,
    real: Callable[[str], str],
    made: Mapping[str, set[str]] | None = None,
    used: Iterable[str] = (),
    callers: Mapping[str, Span] = NOBODY,
) -> list[Root]:
    """All roots and libraries, sorted by folder and variant. ``real`` follows links to folders.

    ``made``: by folder, those that calls name whose source is no literal. ``used``: folders that another tool runs as
    roots of its own: they aren't read by themselves. ``callers``: by folder, where something that nobody reads calls it.
    """
    files = sorted(tfvars)
    made = made or {}
    calls = _Calls(modules, real, made)
    called = {
        target
        for folder, targets in calls.targets.items()
        for target in targets
        if target != folder
    }
    used = {
        folder
        for folder in used
        if not any(option.matches(folder) for option in options.roots)
    }
    chosen = [
        folder
        for folder in sorted(modules.keys() - used)
        if folder not in called
        or folder in callers
        or _starts(modules[folder], folder, options)
    ]
    reached = calls.reached([*chosen, *used])
    for folder in sorted(
        modules
    ):  # folders that only call each other: the first by path is the root
        if folder not in reached:
            chosen.append(folder)
            reached |= calls.reached([folder])
    absent = {
        missing.pattern for missing in unmatched(modules, files, options) if missing.is_file
    }
    return [
        replace(
            root,
            reached=calls.named_from(folder),
            library=root.library and folder not in callers,
            caller=callers.get(folder),
        )
        for folder in sorted(chosen)
        for root in _variants(modules[folder], files, options, absent)
    ]


class _Calls:
    """Which folders call which; ``made`` has, by folder, those that calls name whose source is no literal."""

    def __init__(
        self, modules: Mapping[str, Module], real: Callable[[str], str], made: Mapping[str, set[str]]
    ) -> None:  # fmt: skip
        self.named: dict[str, set[str]] = {}
        """Be they there or not."""
        for folder, module in modules.items():
            literal = (
                called_folder(folder, local_source(call)) for call in module.calls.values()
            )
            self.named[folder] = {
                *(real(each) for each in literal if each is not None),
                *made.get(folder, ()),
            }
        self.targets = {
            folder: targets & modules.keys() for folder, targets in self.named.items()
        }

    def reached(self, start: Iterable[str]) -> set[str]:
        """Folders, and all that they call and is there."""
        found: set[str] = set()
        stack = list(start)
        while stack:
            folder = stack.pop()
            if folder not in found:
                found.add(folder)
                stack.extend(self.targets[folder])
        return found

    def named_from(self, folder: str) -> frozenset[str]:
        """A folder, all that it calls, and folders that calls name and that aren't there."""
        reached = self.reached([folder])
        return frozenset(reached.union(*(self.named[each] for each in reached)))


def reached(
    folders: Iterable[str], modules: Mapping[str, Module], real: Callable[[str], str]
) -> frozenset[str]:
    """Folders, and all that they call, be it there or not."""
    calls = _Calls(modules, real, {})
    return frozenset(
        each for folder in folders if folder in modules for each in calls.named_from(folder)
    )


def _starts(module: Module, folder: str, options: ReadOptions) -> bool:
    return bool(module.state) or any(option.matches(folder) for option in options.roots)


def _variants(
    module: Module, tfvars: list[str], options: ReadOptions, absent: Container[str]
) -> list[Root]:
    folder = module.folder
    below = [path for path in tfvars if is_below(path, folder)]
    auto = automatic(folder, below)
    mine = [option for option in options.roots if option.matches(folder)]
    named = {path for option in mine for path in _listed(option.variants, folder, tfvars)}
    always = [path for option in mine for path in _listed(option.var_files, folder, tfvars)]
    given = (*always, *options.variable_files)
    own = [path for path in below if posixpath.dirname(path) == folder]
    listed = {*auto, *named, *given}
    library = not (module.providers or module.state or own or mine or module.lost)
    patterns = [pattern for option in mine for pattern in _patterns(option)]
    reached = [place for place, _ in (reach_of(each, folder) for each in patterns)]
    places = [place for place in reached if place is not None]
    bare = Root(
        folder, None, (*auto, *given), library, tuple(path for path in own if path not in listed),
        places=frozenset({folder, *places}), absent=tuple(each for each in patterns if each in absent),
    )  # fmt: skip
    if not named:
        return [bare]
    return [
        replace(
            bare, variant=posixpath.relpath(path, folder or "."), values=(*auto, path, *given)
        )
        for path in sorted(named)
    ]


def _patterns(option: RootOption) -> tuple[str, ...]:
    return (*option.variants, *option.var_files)


def _listed(patterns: Iterable[str], folder: str, files: Iterable[str]) -> list[str]:
    """The files that globs relative to a root match."""
    found: list[str] = []
    for pattern in patterns:
        place, glob = reach_of(pattern, folder)
        if place is not None:
            matches = folders(glob, Base())
            inside = (path for path in files if is_below(path, place))
            found.extend(
                path for path in inside if matches(posixpath.relpath(path, place or "."))
            )
    return found


def reach_of(pattern: str, folder: str) -> tuple[str | None, str]:
    """A glob relative to a root as the folder below which it matches, and a glob relative to that: ``..`` at its start
    leads upwards. ``None`` for a folder outside the repository."""
    above, glob = folder.split("/") if folder else [], list[str]()
    for part in pattern.split("/"):
        if part not in ("", ".", ".."):
            glob.append(part)
        elif part == ".." and (glob or above):
            (glob or above).pop()
        elif part == "..":
            return None, pattern
    names = next((at for at, part in enumerate(glob) if set(part) & _WILD), len(glob) - 1)
    return "/".join([*above, *glob[:names]]), "/".join(glob[names:])


def values_files(
    paths: Iterable[str], modules: Iterable[str], options: ReadOptions
) -> list[str]:
    """Files of values among ``paths``: those called so, and those that the configuration names, however called."""
    named = {
        posixpath.join(place, glob)
        for option in options.roots
        for folder in modules
        if option.matches(folder)
        for pattern in _patterns(option)
        for place, glob in (reach_of(pattern, folder),)
        if place is not None
    }
    return sorted(path for path in paths if path.endswith(VALUES) or path in named)


class Unmatched(Struct, frozen=True):
    """What an entry of the configuration names among ``variants`` and ``var_files`` and none of its roots has.

    ``is_file``: whether it is one file, and no glob that may be meant for later: no root is what it is without it.
    """

    option: RootOption
    pattern: str
    is_file: bool
    note: Note


def unmatched(
    modules: Iterable[str], tfvars: Iterable[str], options: ReadOptions
) -> Iterator[Unmatched]:
    """What there is to say of each of ``variants`` and ``var_files`` that matches no file from any of its roots."""
    files = sorted(tfvars)
    for option in options.roots:
        roots = [folder for folder in modules if option.matches(folder)]
        for pattern in _patterns(option):
            if roots and not any(_listed([pattern], root, files) for root in roots):
                yield _missing(option, pattern, roots)


def _missing(option: RootOption, pattern: str, roots: Iterable[str]) -> Unmatched:
    said = {"glob": pattern}
    if all(reach_of(pattern, root)[0] is None for root in roots):
        return Unmatched(option, pattern, True, Note("terraform.values-outside", said))
    if set(pattern) & _WILD:
        return Unmatched(option, pattern, False, Note("terraform.variants-unmatched", said))
    return Unmatched(option, pattern, True, Note("terraform.values-absent", said))


def is_below(path: str, folder: str) -> bool:
    """Whether a file lies below a folder (empty: the git root)."""
    return not folder or path.startswith(folder + "/")
