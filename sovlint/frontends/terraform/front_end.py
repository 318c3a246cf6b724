"""Terraform: files -> resources. Folders into modules, modules into instances, blocks into resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.cache.asking import AskingReader
from sovlint.frontends.recursion import deepen_stack
from sovlint.frontends.terraform.modules import calls, cycles
from sovlint.frontends.terraform.modules.asked_modules import learn_modules
from sovlint.frontends.terraform.modules.given.elsewhere import Elsewhere
from sovlint.frontends.terraform.modules.given.remarks import unlisted
from sovlint.frontends.terraform.modules.module import Module, is_read, load
from sovlint.frontends.terraform.modules.resources import (
    clusters_reached,
    looked_up,
    resources_of,
    states_kept,
)
from sovlint.frontends.terraform.modules.roots import Root, Unmatched, unmatched, values_files
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.modules.variables import GivenValues, gather
from sovlint.frontends.terraform.plans import plans
from sovlint.frontends.terraform.states import partial
from sovlint.frontends.terraform.states.beaten import beaten
from sovlint.frontends.terraform.states.estate import Estate, Opened
from sovlint.frontends.terraform.syntax.hcl import hcl_ignores
from sovlint.frontends.terraform.syntax.templated import KIND, TemplateFailure
from sovlint.frontends.terraform.terragrunt.files import Bodies
from sovlint.frontends.terraform.terragrunt.units import Units
from sovlint.frontends.terraform.workloads.sends import sending
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.landing import CarriedFile, ClusterReach
from sovlint.model.resources.installed import InstalledRelease
from sovlint.model.resources.reading import BeatenValue, Failure, Reading, Remark, Unit
from sovlint.model.resources.resource import Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.rules.hints import Hints

if TYPE_CHECKING:
    from sovlint.cache.readings import ReadingCache
    from sovlint.frontends.terraform.cached_roots import CachedRoots
    from sovlint.frontends.terraform.syntax.kept_trees import KeptTrees

_TWINS = {".tf": ".tofu", ".tf.json": ".tofu.json"}
"""Terraform's file names, and OpenTofu's that win over them."""


_RUNNING = (".yml", ".yaml")
"""How files are called that may say what a machine runs."""


class _Harvest(Struct):
    """What is found of folders and roots, until all of it makes one ``Reading``."""

    resources: list[Resource] = []
    failures: list[Failure] = []
    remarks: list[Remark] = []
    ignores: list[Ignore] = []
    units: list[Unit] = []
    reaches: list[ClusterReach] = []
    carried: list[CarriedFile] = []
    installed: list[InstalledRelease] = []
    looked_up: list[Resource] = []
    beaten: list[BeatenValue] = []
    values: set[str] = set()
    """The files of values that were read."""
    unread: set[tuple[str, str]] = set()
    """Files that call modules and that nobody reads, each with its kind."""

    def add_modules(self, modules: Iterable[Module]) -> None:
        """What their files say by themselves."""
        for module in modules:
            self.failures.extend(module.failures)
            self.remarks.extend(module.remarks)
            self.ignores.extend(module.ignores)

    def add_unmatched(self, unmatched_options: Iterable[Unmatched]) -> None:
        """Options that match no file: a glob may be meant for later; a file that is named leaves values out."""
        for missing in unmatched_options:
            where = missing.option.where
            if where is None:
                self.remarks.append(Remark(missing.note))
            elif missing.is_file:
                self.failures.append(Failure.at(where, missing.note))
            else:
                self.remarks.append(Remark.at(where, missing.note))

    def add(self, other: _Harvest) -> None:
        """What was found of a part."""
        for name in self.__struct_fields__:
            mine, its = getattr(self, name), getattr(other, name)
            (mine.update if isinstance(mine, set) else mine.extend)(its)

    def add_root(
        self, opened: Opened, hints: Hints, paths: Sequence[str], is_planned: bool
    ) -> None:
        """What a root holds; of one that a plan stands in for (``is_planned``) the plan lists the resources."""
        root, scope, installed = opened.root, opened.scope, opened.installed
        self.values.update(opened.given.files)
        self.failures.extend(opened.given.failures)
        self.units.append(opened.unit)
        self.resources.extend(states_kept(scope, root))
        self.looked_up.extend(looked_up(scope, root))
        if root.caller is not None:
            note = Note("terraform.called-unread", {"folder": root.folder or "."})
            self.remarks.append(Remark.at(root.caller, note))
            kind = hints.unread.of(root.caller.path)
            if kind is not None and not hints.formats.pipelines([root.caller.path]):
                self.unread.add((kind.id, root.caller.path))
        if not root.library:
            self.reaches.extend(clusters_reached(scope, root))
        if not is_planned:
            found = list(resources_of(scope, root))
            self._add_carried(found, root, hints, paths)
            self._add_installed(found, hints, paths)
            self.resources.extend(sending(found, hints, paths))
        self.failures.extend(_refused(scope))
        self.failures.extend(installed.failures)
        self.remarks.extend(installed.remarks)
        self.add_modules(
            module for module in installed.modules.values() if module is not None
        )

    def _add_carried(
        self, found: Sequence[Resource], root: Root, hints: Hints, paths: Sequence[str]
    ) -> None:
        """The files that a root puts on machines, where there are any that may say what runs there."""
        if any(each.endswith(_RUNNING) for each in paths):
            from sovlint.frontends.terraform.workloads.carried import carried

            self.carried.extend(carried(found, hints))

    def _add_installed(
        self, found: Sequence[Resource], hints: Hints, paths: Sequence[str]
    ) -> None:
        """The charts of this repository that a root installs."""
        if any(each.type in hints.installs for each in found):
            from sovlint.frontends.terraform.workloads.releases import charts_in, installed

            self.installed.extend(installed(found, hints, charts_in(paths)))

    def add_terragrunt(self, grunt: Units) -> None:
        """What the files of Terragrunt say by themselves, and those that it makes."""
        for unit in grunt.all:
            self.failures.extend(unit.module.failures)
            self.ignores.extend(unit.module.ignores)
        self.failures.extend(grunt.bodies.failures)
        self.ignores.extend(grunt.bodies.ignores)


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """All resources of all roots and libraries (implements ``frontends.base.FrontEnd``)."""
    deepen_stack()
    cache = options.cache
    shared = Shared(_kept_trees(cache) if cache else None)
    modules = {
        folder: load(folder, paths, reader, shared)
        for folder, paths in _folders(reader.paths).items()
    }
    if cache is not None:
        learn_modules(cache.answers(reader), modules)
    completing = partial.complete(modules.values(), reader)
    tfvars = values_files(reader.paths, modules, options)
    harvest = _Harvest()
    harvest.add_modules(modules.values())
    harvest.failures.extend(cycles.refused(modules, reader.real))
    harvest.remarks.extend(_undeclared(modules, options, reader))
    harvest.add_unmatched(unmatched(modules, tfvars, options))
    elsewhere = Elsewhere(modules, tfvars, options, reader, hints)
    estate = Estate(modules, options, reader, hints, _preferred, shared, elsewhere)

    def offered(source: str) -> str | None:
        """The folder of a module that another repository offers; it is one of the modules from then on."""
        folder = reader.elsewhere(source)
        if folder is not None and folder not in modules:
            paths = _preferred([path for path in reader.files_in(folder) if is_read(path)])
            if not paths:
                return None
            modules[folder] = load(folder, paths, reader, shared)
        return folder

    grunt = Units(reader, modules, options, estate.asked, offered, Bodies(reader, shared))
    roots = calls.roots(modules, tfvars, options, reader, hints, grunt.used)
    estate.prepare(grunt.all)
    estate.take([*roots, *(unit.root for unit in grunt.all)])
    listed = plans.find(reader, roots, modules)

    def read_root(opened: Opened) -> _Harvest:
        part = _Harvest()
        part.add_root(opened, hints, reader.paths, listed.stands_in_for(opened.root))
        part.beaten.extend(beaten(opened, options, reader))
        return part

    cached = (
        _cached_roots(reader, estate, elsewhere, options, completing)
        if isinstance(reader, AskingReader) and not listed.plans and not grunt.all
        else None
    )
    for root in estate.roots:
        options.watch.root(root.folder)
        harvest.add(cached.part(root, read_root) if cached else read_root(estate.open(root)))
        harvest.remarks.extend(unlisted(root, elsewhere.of(root)))
    harvest.remarks.extend(estate.circles())
    harvest.looked_up.extend(estate.of_others())
    harvest.add_terragrunt(grunt)

    def beside(root: Root, given: GivenValues | None) -> Iterator[Resource]:
        """What a root's source says, with values that a plan was made with."""
        opened = estate.open(root) if given is None else estate.with_values(root, given)
        return resources_of(opened.scope, root)

    harvest.resources.extend(sending(listed.resources(beside, hints), hints, reader.paths))
    failures = dict.fromkeys((*harvest.failures, *listed.failures))
    # What can't be rendered is unknown, no failure.
    templates = sorted({each.path for each in failures if isinstance(each, TemplateFailure)})
    remarks = [*harvest.remarks, *_templated(templates), *listed.remarks]
    written = {path for module in modules.values() for path in module.files}
    return Reading(
        resources=tuple(harvest.resources),
        failures=tuple(each for each in failures if each.path not in templates),
        remarks=tuple(dict.fromkeys(remarks)),
        files=tuple(
            sorted(written.union(completing, harvest.values, listed.files, grunt.bodies.read))
        ),
        ignores=(*dict.fromkeys(harvest.ignores), *_in_values(harvest.values, reader)),
        units=(*harvest.units, *listed.units(harvest.units)),
        reaches=tuple(harvest.reaches),
        carried=tuple(harvest.carried),
        installed=tuple(harvest.installed),
        looked_up=tuple(harvest.looked_up),
        kept=tuple(estate.kept_states()),
        unquoted=(*listed.files, *elsewhere.pipelines),
        beaten=tuple(harvest.beaten),
        unread=(*((KIND, path) for path in templates), *sorted(harvest.unread)),
    )


def _kept_trees(cache: ReadingCache) -> KeptTrees:
    from sovlint.frontends.terraform.syntax.kept_trees import (
        KeptTrees,
    )  # imported late: it brings in pickle

    return KeptTrees(cache.by_content("hcl"))


def _cached_roots(
    reader: AskingReader,
    estate: Estate,
    elsewhere: Elsewhere,
    options: ReadOptions,
    completing: Sequence[str],
) -> CachedRoots[_Harvest]:
    """The roots, each as it was kept where all that it hangs on is the same."""
    from sovlint.frontends.terraform.cached_roots import CachedRoots
    from sovlint.frontends.terraform.workloads.releases import charts_in

    files = (*options.variable_files, *sorted(completing))
    beside = (
        *(f"{path} {reader.tell('read', path)}" for path in files),
        *sorted(charts_in(reader.paths)),
        str(any(path.endswith(_RUNNING) for path in reader.paths)),
    )
    return CachedRoots(options.cache, reader, estate, elsewhere, beside)


def _templated(templates: Sequence[str]) -> Iterator[Remark]:
    """One for each folder that has files that are templates."""
    for _, group in groupby(templates, posixpath.dirname):
        paths = list(group)
        yield Remark(Note("terraform.templates", {"count": len(paths)}), paths[0])


def _in_values(values: Iterable[str], reader: Reader) -> Iterator[Ignore]:
    """Ignore comments in files of values cover nothing; they are handed on so that this is said."""
    for path in sorted(values):
        file = reader.read(path)
        if isinstance(file, SourceFile) and not path.endswith(".json"):
            yield from hcl_ignores(file)


def _folders(paths: Iterable[str]) -> dict[str, list[str]]:
    """Terraform files by folder; OpenTofu's stand in for those of the same name."""
    every = {path for path in paths if is_read(path)}
    folders: dict[str, list[str]] = {}
    for path in every:
        twin = next(
            (
                path.removesuffix(old) + new
                for old, new in _TWINS.items()
                if path.endswith(old)
            ),
            None,
        )
        if path.endswith(tuple(_TWINS.values())) or (twin is not None and twin not in every):
            folders.setdefault(posixpath.dirname(path), []).append(path)
    return folders


def _preferred(paths: list[str]) -> list[str]:
    """Of the files of a folder those that are read."""
    return [path for kept in _folders(paths).values() for path in kept]


def _undeclared(
    modules: Mapping[str, Module], options: ReadOptions, reader: Reader
) -> Iterator[Remark]:
    """Values given on purpose for variables that nothing here declares: names that were probably mistyped."""
    if not modules:
        return
    declared = {name for module in modules.values() for name in module.variables}
    for name in options.variables:
        if name not in declared:
            yield Remark(Note("terraform.variable-undeclared", {"name": name}))
    for name, (_, where) in gather(options.variable_files, {}, reader).expressions.items():
        if name not in declared:
            span = where.span()
            at = (
                (span.path, span.line) if reader.wanted(span.path) else (None, None)
            )  # else it would go unsaid
            yield Remark(Note("terraform.variable-undeclared", {"name": name}), *at)


def _refused(scope: ModuleScope) -> Iterator[Failure]:
    """What was too much to be read as it is written."""
    for where, note in scope.work.refused:
        span = where.span()
        yield Failure(span.path, span.line, None, note)
