"""Terraform: files -> resources. Folders into modules, modules into instances, blocks into resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct, field

from sovlint.expressions.nodes import Block
from sovlint.frontends.stack import deepen_stack
from sovlint.frontends.terraform.modules import calls, cycles, early_evaluation
from sovlint.frontends.terraform.modules.attributes import Overridden, Unsettled
from sovlint.frontends.terraform.modules.instances import Instance
from sovlint.frontends.terraform.modules.labels import labels_of, labels_of_call
from sovlint.frontends.terraform.modules.module import Module, is_read, load, local_source
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.frontends.terraform.modules.providers import of_instance, provider_of, reaching_call
from sovlint.frontends.terraform.modules.reaches import clusters_reached
from sovlint.frontends.terraform.modules.roots import Root, unmatched, values_files
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.frontends.terraform.modules.variables import GivenValues, gather
from sovlint.frontends.terraform.plans import plans
from sovlint.frontends.terraform.states.estate import Estate, Opened
from sovlint.frontends.terraform.syntax.ignores import hcl_ignores
from sovlint.frontends.terraform.syntax.templated import KIND, TemplateFailure
from sovlint.frontends.terraform.terragrunt.units import Units
from sovlint.frontends.terraform.workloads.sends import sending
from sovlint.model.attributes import Attributes
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.landing import ClusterReach
from sovlint.model.resource import TRUE, Binding, Failure, Reading, Remark, Resource, Unit, UnlistedValues
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.rules.hints import Hints

FRONT_END = "terraform"
STATE = "state"
"""The role and type of what a backend keeps."""
_TWINS = {".tf": ".tofu", ".tf.json": ".tofu.json"}
"""Terraform's file names, and OpenTofu's that win over them."""


class _Harvest(Struct):
    """What is found of folders and roots, until all of it makes one ``Reading``."""

    resources: list[Resource] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    reaches: list[ClusterReach] = field(default_factory=list)
    looked_up: list[Resource] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    """The files of values that were read."""

    def add_modules(self, modules: Sequence[Module]) -> None:
        """What their files say by themselves."""
        for module in modules:
            self.failures.extend(module.failures)
            self.remarks.extend(module.remarks)
            self.ignores.extend(module.ignores)

    def add_unmatched(self, unmatched_globs: Iterable[Remark | Failure]) -> None:
        """Options that match no file."""
        for each in unmatched_globs:
            if isinstance(each, Failure):
                self.failures.append(each)
            else:
                self.remarks.append(each)

    def add_root(self, opened: Opened, hints: Hints, paths: Sequence[str], is_planned: bool) -> None:
        """What a root holds; of one that a plan stands in for (``is_planned``) the plan lists the resources."""
        root, scope, installed = opened.root, opened.scope, opened.installed
        self.values.update(opened.given.files)
        self.failures.extend(opened.given.failures)
        self.remarks.extend(_unlisted(root))
        self.units.append(opened.unit)
        self.resources.extend(_state(scope, root))
        self.looked_up.extend(_looked_up(scope, root))
        if not root.library:
            self.reaches.extend(clusters_reached(scope, root))
        if not is_planned:
            self.resources.extend(sending(_module(scope, root), hints, paths))
        self.failures.extend(_refused(scope))
        self.failures.extend(installed.failures)
        self.remarks.extend(installed.remarks)
        self.add_modules([module for module in installed.modules.values() if module is not None])

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
    shared = Shared()
    modules = {folder: load(folder, paths, reader, shared) for folder, paths in _folders(reader.paths).items()}
    tfvars = values_files(reader.paths, modules, options)
    harvest = _Harvest()
    harvest.add_modules(list(modules.values()))
    harvest.failures.extend(cycles.refused(modules, reader.real))
    harvest.remarks.extend(_undeclared(modules, options, reader))
    harvest.add_unmatched(_unmatched(modules, tfvars, options))
    estate = Estate(modules, options, reader, hints, _preferred, shared)
    grunt = Units(reader, modules, options, estate.asked, shared)
    roots = calls.roots(modules, tfvars, options, reader, hints, grunt.used)
    estate.prepare(grunt.all)
    estate.take([*roots, *(unit.root for unit in grunt.all)])
    listed = plans.find(reader, roots, modules)
    for root in estate.roots:
        harvest.add_root(estate.open(root), hints, reader.paths, listed.stands_in_for(root))
    harvest.remarks.extend(estate.circles())
    harvest.add_terragrunt(grunt)

    def beside(root: Root, given: GivenValues | None) -> Iterator[Resource]:
        """What a root's source says, with values that a plan was made with."""
        return _module((estate.open(root) if given is None else estate.with_values(root, given)).scope, root)

    harvest.resources.extend(sending(listed.resources(beside, hints), hints, reader.paths))
    failures, templates = _without_templates(dict.fromkeys((*harvest.failures, *listed.failures)))
    remarks = [*harvest.remarks, *_templated(templates), *listed.remarks]
    written = {path for module in modules.values() for path in module.files}
    return Reading(
        resources=tuple(harvest.resources),
        failures=tuple(failures),
        remarks=tuple(dict.fromkeys(remarks)),
        files=tuple(sorted(written.union(harvest.values, listed.files, grunt.bodies.read))),
        ignores=(*dict.fromkeys(harvest.ignores), *_in_values(harvest.values, reader)),
        units=(*harvest.units, *listed.units(harvest.units)),
        reaches=tuple(harvest.reaches),
        looked_up=tuple(harvest.looked_up),
        unquoted=tuple(listed.files),
        unread=tuple((KIND, path) for path in templates),
    )


def _without_templates(failures: Iterable[Failure]) -> tuple[list[Failure], list[str]]:
    """Failures, and apart from them the files that are templates: what can't be rendered is unknown, no failure."""
    found = list(failures)
    templates = {each.path for each in found if isinstance(each, TemplateFailure)}
    return [each for each in found if each.path not in templates], sorted(templates)


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
        twin = next((path.removesuffix(old) + new for old, new in _TWINS.items() if path.endswith(old)), None)
        if path.endswith(tuple(_TWINS.values())) or (twin is not None and twin not in every):
            folders.setdefault(posixpath.dirname(path), []).append(path)
    return folders


def _preferred(paths: list[str]) -> list[str]:
    """Of the files of a folder those that are read."""
    return [path for kept in _folders(paths).values() for path in kept]


def _undeclared(modules: Mapping[str, Module], options: ReadOptions, reader: Reader) -> Iterator[Remark]:
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
            at = (span.path, span.line) if reader.wanted(span.path) else (None, None)  # else it would go unsaid
            yield Remark(Note("terraform.variable-undeclared", {"name": name}), *at)


def _unmatched(modules: Mapping[str, Module], tfvars: list[str], options: ReadOptions) -> Iterator[Remark | Failure]:
    """A glob may be meant for later; a file that is named and isn't there leaves values out."""
    for missing in unmatched(modules, tfvars, options):
        span = missing.option.where.span() if missing.option.where else None
        if missing.is_file and span:
            yield Failure(span.path, span.line, span.column, missing.note)
        else:
            yield Remark(missing.note, span.path if span else None, span.line if span else None)


def _unlisted(root: Root) -> Iterator[Remark]:
    if root.unlisted:
        names = tuple(posixpath.basename(path) for path in root.unlisted)
        folder = root.folder or "."
        note = Note("terraform.values-not-listed", {"root": folder, "files": names})
        yield UnlistedValues(note, root.unlisted[0], root=folder, files=names)


def _state(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    for block in scope.module.state:
        kind = block.labels[0] if block.kind == "backend" and block.labels else block.kind
        attributes = scope.attributes(block, scope.env)
        yield Resource(
            address=f"terraform.{block.kind}",
            type=STATE,
            front_end=FRONT_END,
            root=root.folder,
            variant=root.variant,
            library=root.library,
            exists=TRUE,
            where=block.where,
            attributes=attributes,
            binding=Binding(f"backend/{kind}", attributes, block.head),
            role=STATE,
        )


def _module(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    """The resources of a module instance, then those of the modules that it calls."""
    for block in scope.module.resources.values():
        config = provider_of(scope, block)
        for instance in scope.instances(block):
            yield _resource(scope, root, block, instance, of_instance(scope, block, instance, config))
    for call in scope.module.calls.values():
        if scope.called(call) is None:
            for instance in scope.instances(call):
                yield _absent(scope, root, call, instance)
        else:
            for instance, child in scope.children(call):
                templates = [each.path for each in child.module.failures if isinstance(each, TemplateFailure)]
                if templates:  # it may hold more than is read of it
                    yield _absent(scope, root, call, instance, Unknown(Reason.TEMPLATED, templates[0]))
                yield from _module(child, root)


def _looked_up(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    """What data sources look up, as resources of the types that they are called as, in all modules of a root."""
    for (kind, _), block in scope.module.data.items():
        if kind in scope.world.hints.looks_up:
            config = provider_of(scope, block)
            for instance in scope.instances(block):
                used = of_instance(scope, block, instance, config)
                yield _resource(scope, root, block, instance, used, "data.")
    for call in scope.module.calls.values():
        if scope.called(call) is not None:
            for _, child in scope.children(call):
                yield from _looked_up(child, root)


def _resource(
    scope: ModuleScope, root: Root, block: Block, instance: Instance, config: ProviderConfig, called: str = ""
) -> Resource:
    attributes = scope.attributes(block, instance.env(scope.env))
    kind, name = block.labels
    prefix = f"{scope.address}." if scope.address else ""
    return Resource(
        address=f"{prefix}{called}{kind}.{name}{instance.suffix}",
        type=kind,
        front_end=FRONT_END,
        root=root.folder,
        variant=root.variant,
        library=root.library,
        exists=_templated_by(block) if block.perhaps else _exists(scope, instance),
        where=block.where,
        attributes=_told(scope, block, attributes),
        binding=Binding(config.plugin, config, config.where),
        labels=labels_of(attributes, config, scope.world.hints),
        names=(name, *_calls(scope), *_key(instance)),
        chain=scope.chain(),
    )


def _told(scope: ModuleScope, block: Block, attributes: Attributes) -> Attributes:
    """What a block says; nothing of it is known where something else may say otherwise."""
    if block.torn:
        return Unsettled(_templated_by(block), block.head)
    return Overridden(block.head) if scope.module.lost_override else attributes


def _templated_by(block: Block) -> Unknown:
    return Unknown(Reason.TEMPLATED, block.head.span().path)


def _absent(
    scope: ModuleScope, root: Root, call: Block, instance: Instance, unread: Unknown | None = None
) -> Resource:  # fmt: skip
    """A module that isn't there to read: one resource that stands for all that it may hold. ``unread``: why, where that
    is known."""
    attributes = scope.attributes(call, instance.env(scope.env))
    shown = early_evaluation.source_as_known(early_evaluation.argument(scope, call, "source"))
    name = call.labels[0]
    prefix = f"{scope.address}." if scope.address else ""
    return Resource(
        address=f"{prefix}module.{name}{instance.suffix}",
        type="module",
        front_end=FRONT_END,
        root=root.folder,
        variant=root.variant,
        library=root.library,
        exists=_exists(scope, instance),
        where=call.where,
        attributes=attributes,
        labels=labels_of_call(attributes, reaching_call(scope, call), scope.world.hints),
        names=(name, *_calls(scope), *_key(instance)),
        chain=scope.chain(),
        unreadable=unread if unread is not None else _unread(scope, call, shown or f"module.{name}"),
    )


def _unread(scope: ModuleScope, call: Block, shown: str) -> Unknown:
    """Why a module isn't read: it isn't here, or it is and would never end."""
    module, name = scope.source_of(call), call.labels[0]
    if module is None:
        source = early_evaluation.source(scope, call)
        here = source is not None and source.startswith(("./", "../"))  # nothing fetches what lies beside
        note = Note("terraform.module-path-absent", {"source": source}) if here else None
        return Unknown(Reason.REMOTE_MODULE, shown, note=note)
    if scope.within(module) and local_source(call) is not None:  # told as a cycle
        return Unknown(Reason.UNSUPPORTED_EXPRESSION, f"module.{name} calls itself")
    scope.work.refused.append((call.head, Note("terraform.too-many-calls", {"name": name})))
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, f"module.{name} is called too deep, or too many are called")


def _refused(scope: ModuleScope) -> Iterator[Failure]:
    """What was too much to be read as it is written."""
    for where, note in scope.work.refused:
        span = where.span()
        yield Failure(span.path, span.line, None, note)


def _exists(scope: ModuleScope, instance: Instance) -> Fact[bool]:
    for doubt in (instance.doubt, scope.doubt()):
        if doubt is not None:
            return doubt
    return TRUE


def _calls(scope: ModuleInstance) -> tuple[str, ...]:
    if scope.caller is None:
        return ()
    return (scope.caller.block.labels[0], *_key(scope.caller.instance), *_calls(scope.caller.scope))


def _key(instance: Instance) -> tuple[str, ...]:
    key = instance.key
    return (key.value,) if isinstance(key, Known) and isinstance(key.value, str) and not key.sensitive else ()
