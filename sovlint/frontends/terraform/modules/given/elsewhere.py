"""Values of a root's variables that stand elsewhere than Terraform looks by itself: which those are, root by root.

This is the one place that uses the table: files of values below a root or beside it, and what pipelines hand over.
Where the configuration names ``variants`` or ``var_files`` of a root, that is the truth, and nothing is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, dirname, relpath
from typing import Final

from msgspec import Struct

from sovlint.files.globs import Base, folders
from sovlint.files.paths import upwards
from sovlint.frontends.shell.run_names import candidates
from sovlint.frontends.terraform.modules.given.platforms import by_platforms
from sovlint.frontends.terraform.modules.given.rows import (
    Handed,
    NamedFile,
    OtherValue,
    may_be,
    tells,
)
from sovlint.frontends.terraform.modules.module import Module, is_read
from sovlint.frontends.terraform.modules.roots import Root, is_below, reach_of
from sovlint.frontends.terraform.modules.variables import gather
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.source import SourceFile
from sovlint.rules.hints import Hints

_ASSIGNED: Final = late_pattern(rb"^([A-Za-z_][\w-]*)[ \t]*=(?!=)", re.MULTILINE)
_BACKEND: Final = "backend"
"""What files are called whose values are those of the backend."""


class OtherValues(Struct, frozen=True, eq=False):
    """What there is for one root: files of values, what else hands values over (places), and which files are shown to
    be handed over."""

    files: tuple[str, ...]
    handed: tuple[OtherValue, ...]
    shown: tuple[NamedFile, ...]
    _elsewhere: Elsewhere

    def of(self, name: str) -> list[OtherValue]:
        """All other values of a variable; none where a file that the run is given has its value."""
        if name in self._elsewhere.settled:
            return []
        found = [
            value
            for path in self.files
            if name in self._elsewhere.names(path)
            for value in self._elsewhere.values(path)
            if value.name == name
        ]
        return [*found, *(each for each in self.handed if each.name == name)]

    @property
    def paths(self) -> tuple[str, ...]:
        """All files that bear on the root."""
        given = [each.where.span().path for each in self.handed]
        given += [each.where.span().path for each in self.shown]
        return tuple(dict.fromkeys((*self.files, *given)))


class Elsewhere:
    """All that stands elsewhere, for all roots. Nothing is read before it is asked for."""

    def __init__(
        self,
        modules: Mapping[str, Module],
        tfvars: Sequence[str],
        options: ReadOptions,
        reader: Reader,
        hints: Hints,
    ) -> None:
        self._modules = modules
        self._tfvars = [path for path in tfvars if not basename(path).startswith(_BACKEND)]
        self._options = options
        self._reader = reader
        self._hints = hints
        self._roots: frozenset[str] = frozenset()
        self._names: dict[str, frozenset[str]] = {}
        self._values: dict[str, tuple[OtherValue, ...]] = {}
        self._found: dict[str, OtherValues | None] = {}
        self._folders: dict[str, frozenset[str]] = {}

    def take(self, roots: Iterable[Root]) -> None:
        """Settle which roots there are."""
        self._roots = frozenset(root.folder for root in roots if self._is_open(root))

    def _is_open(self, root: Root) -> bool:
        """Whether nobody says with which values a root is read."""
        said = any(
            option.variants or option.var_files
            for option in self._options.roots
            if option.matches(root.folder)
        )
        declares = root.folder in self._modules and self._modules[root.folder].variables
        return bool(declares) and not said

    def is_settled(self, root: Root) -> bool:
        """Whether somebody says with which values a root is read."""
        return root.folder not in self._roots

    def of(self, root: Root) -> OtherValues | None:
        """What stands elsewhere for a root; ``None`` where there is nothing, or where somebody says what counts."""
        if self.is_settled(root):
            return None
        if root.folder not in self._found:
            found = self._of(root)
            there = found.files or found.handed or found.shown
            self._found[root.folder] = found if there else None
        return self._found[root.folder]

    def _of(self, root: Root) -> OtherValues:
        folder, declared = root.folder, self._modules[root.folder].variables
        shown = tuple(each for each, files in self._shown.get(folder, {}).items() if files)
        explicit = (path for files in self._shown.get(folder, {}).values() for path in files)
        files = sorted({*self._files.get(folder, ()), *explicit} - {*root.values})
        values: dict[object, OtherValue] = {}
        for each, roots in self._paired:
            if folder in roots:
                for value in each.values:
                    if value.name in declared:
                        values.setdefault((value.name, value.where.span(), value.wins), value)
        kept = (path for path in files if declared.keys() & self.names(path))
        return OtherValues(tuple(kept), tuple(values.values()), shown, self)

    def _declaring(self, handed: Handed) -> frozenset[str]:
        """The roots that declare a variable that is handed over; all where files are."""
        if handed.files:
            return self._roots
        return frozenset(
            root for value in handed.values for root in self._declared.get(value.name, ())
        )

    @cached_property
    def _declared(self) -> Mapping[str, set[str]]:
        """By variable, the roots that declare it."""
        found: dict[str, set[str]] = {}
        for root in self._roots:
            for name in self._modules[root].variables:
                found.setdefault(name, set()).add(root)
        return found

    # --- files of values

    @cached_property
    def _files(self) -> Mapping[str, list[str]]:
        """By root, the files of values that lie where its own may."""
        handed_over = {
            path
            for named in self._shown.values()
            for files in named.values()
            for path in files
        }
        found: dict[str, list[str]] = {}
        for path in self._tfvars:
            for root in self._roots_of(path, path in handed_over):
                found.setdefault(root, []).append(path)
        return found

    def _roots_of(self, path: str, is_handed_over: bool) -> Sequence[str]:
        """The nearest folder with Terraform's files above, if it is a root; else roots beside the file."""
        above = [*upwards(dirname(path)), ""]
        nearest = next((folder for folder in above if folder in self._modules), None)
        if nearest is not None:
            return (nearest,) if nearest in self._roots else ()
        if is_handed_over:
            return ()
        names = self.names(path)
        for folder in above:
            beside = [
                root
                for root in self._roots
                if is_below(f"{root}/", folder)
                and names & self._modules[root].variables.keys()
            ]
            if beside:
                return _called_alike(path, beside)
        return ()

    @cached_property
    def settled(self) -> frozenset[str]:
        """The variables of which the run is given the values (``--var-file``)."""
        files = self._options.variable_files
        return frozenset(value.name for path in files for value in self.values(path))

    def names(self, path: str) -> frozenset[str]:
        """The variables that a file of values sets, by a look at its lines."""
        if path not in self._names:
            file = self._reader.read(path)
            if not isinstance(file, SourceFile):
                self._names[path] = frozenset()
            elif path.endswith(".json"):
                self._names[path] = frozenset(value.name for value in self.values(path))
            else:
                found = _ASSIGNED.findall(file.data)
                self._names[path] = frozenset(name.decode() for name in found)
        return self._names[path]

    def values(self, path: str) -> tuple[OtherValue, ...]:
        """What a file of values sets."""
        if path not in self._values:
            given = gather([path], {}, self._reader)
            self._values[path] = tuple(
                OtherValue(name, where, expression=expression)
                for name, (expression, where) in given.expressions.items()
            )
        return self._values[path]

    # --- pipelines

    @property
    def pipelines(self) -> tuple[str, ...]:
        """The pipelines and scripts that hand something over: settings are where secrets are."""
        paths = dict.fromkeys(each.path for each in self._handed)
        return tuple(path for path in paths if not is_read(path))

    @cached_property
    def _handed(self) -> tuple[Handed, ...]:
        if not self._roots:
            return ()
        platforms = by_platforms(self._modules, self._hints)
        if not candidates(self._reader.paths, self._hints):
            return tuple(platforms)
        from sovlint.frontends.terraform.modules.given.pipelines import handed

        return (*handed(self._reader, self._hints), *platforms)

    @cached_property
    def _paired(self) -> Sequence[tuple[Handed, frozenset[str]]]:
        """What is handed over, and to which roots: by the folder; else those that the same file names elsewhere; else
        any that declare it, below the folder of a script."""
        told: dict[str, set[str]] = {}
        for each in self._handed:
            for folder in each.folders:
                told.setdefault(each.path, set()).update(self._at(folder))
        return [
            (each, self._meant(each, told.get(each.path, set()))) for each in self._handed
        ]

    def _meant(self, handed: Handed, same_file: set[str]) -> frozenset[str]:
        declaring = self._declaring(handed)
        here = frozenset(root for folder in handed.folders for root in self._at(folder))
        if here & declaring or any(map(tells, handed.folders)):
            return here & declaring
        beside = declaring & same_file
        prefix = f"{handed.below}/" if handed.below else ""
        return beside or frozenset(
            each for each in declaring if f"{each}/".startswith(prefix)
        )

    def _at(self, folder: str) -> frozenset[str]:
        """The roots that a folder with holes may be, if it tells any."""
        if folder not in self._folders:
            some = (root for root in self._roots if tells(folder) or folder == root)
            found = frozenset(root for root in some if may_be(folder, root))
            self._folders[folder] = found
        return self._folders[folder]

    @cached_property
    def _shown(self) -> Mapping[str, Mapping[NamedFile, list[str]]]:
        """By root, the files that are handed to Terraform there, each with those that it may be."""
        found: dict[str, dict[NamedFile, list[str]]] = {}
        for each, roots in self._paired:
            for root in roots if each.files else ():
                for named in each.files:
                    glob = named.glob
                    met = found.setdefault(root, {})
                    if all(glob != other.glob for other in met):
                        met[named] = list(self._matched(glob, root))
        return found

    def _matched(self, glob: str, root: str) -> Iterator[str]:
        place, rest = reach_of(glob, root)
        if place is None or not rest:
            return
        matches = folders(rest, Base())
        for path in self._tfvars:
            if is_below(path, place) and matches(relpath(path, place or ".")):
                yield path


def _called_alike(path: str, roots: Sequence[str]) -> Sequence[str]:
    """Of several roots the one that the file, or its folder, is called like."""
    words = {basename(path).partition(".")[0], basename(dirname(path))}
    alike = [root for root in roots if basename(root) in words]
    return alike or roots
