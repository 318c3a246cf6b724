"""A module instance -> resources: those that it declares, and those of the modules that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from sovlint.expressions.kinds import known_text, unsupported
from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.modules import callees
from sovlint.frontends.terraform.modules.attributes import Unsettled, overridden
from sovlint.frontends.terraform.modules.instances import Instance
from sovlint.frontends.terraform.modules.labels import labels_of, labels_of_call
from sovlint.frontends.terraform.modules.left_out import (
    children_of,
    declares_class,
    instances_of,
)
from sovlint.frontends.terraform.modules.module import local_source
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.frontends.terraform.modules.providers import (
    configured,
    of_instance,
    plugin_of,
    provider_of,
    reaching_call,
)
from sovlint.frontends.terraform.modules.roots import Root
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.frontends.terraform.syntax.templated import TemplateFailure
from sovlint.model.attributes import Attributes
from sovlint.model.landing import ClusterReach
from sovlint.model.resources.resource import TRUE, Binding, Lead, OfEntry, Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Reason, Unknown

FRONT_END = "terraform"
STATE = "state"
"""The role and type of what a backend keeps."""


def states_kept(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    """The state of a root, where it says who keeps that."""
    for block in scope.module.state:
        kind = block.name if block.kind == "backend" else block.kind
        attributes = scope.attributes(block, scope.env)
        yield _of_block(
            block, root,
            address=f"terraform.{block.kind}",
            type=STATE,
            exists=TRUE,
            attributes=attributes,
            binding=Binding(f"backend/{kind}", attributes, block.head),
            role=STATE,
        )  # fmt: skip


def resources_of(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    """The resources of a module instance, then those of the modules that it calls."""
    for block in scope.module.resources.values():
        yield from _of_instances(scope, root, block, instances_of(scope, block))
    for call in scope.module.calls.values():
        if scope.called(call) is None:
            for instance in instances_of(scope, call):
                yield from _absent(scope, root, call, instance)
        else:
            for instance, child in children_of(scope, call):
                templates = [
                    each.path
                    for each in child.module.failures
                    if isinstance(each, TemplateFailure)
                ]
                entry = child.module.entry
                if entry is not None and scope.module.entry is None and not entry.whole:
                    for each in _absent(scope, root, call, instance):
                        yield replace(each, entry=entry)
                if templates:  # it may hold more than is read of it
                    yield from _absent(
                        scope, root, call, instance, Unknown(Reason.TEMPLATED, templates[0])
                    )
                yield from resources_of(child, root)


def looked_up(scope: ModuleScope, root: Root) -> Iterator[Resource]:
    """What data sources look up, as resources of the types that they are called as, in all modules of a root."""
    for (kind, _), block in scope.module.data.items():
        if kind in scope.world.hints.looks_up:
            yield from _of_instances(scope, root, block, scope.instances(block), "data.")
    for child in scope.all_children():
        yield from looked_up(child, root)


def clusters_reached(scope: ModuleScope, root: Root) -> Iterator[ClusterReach]:
    """The provider blocks of plug-ins that deploy to Kubernetes, whoever uses them, in all modules of a root."""
    for name, alias in scope.module.providers:
        plugin = plugin_of(scope, name)
        if plugin in scope.world.hints.clusters.reached_by:
            config = configured(scope, name, alias)
            if config.where is not None:
                yield ClusterReach(
                    root.folder, root.variant, plugin, config.settings, config.where
                )
    for child in scope.all_children():
        yield from clusters_reached(child, root)


def _of_instances(
    scope: ModuleScope,
    root: Root,
    block: Block,
    instances: Iterable[Instance],
    called: str = "",
) -> Iterator[Resource]:
    default = provider_of(scope, block)
    kind, name = block.labels
    for instance in instances:
        config = of_instance(scope, block, instance, default)
        attributes = scope.attributes(block, instance.env(scope.env))
        found = _of_instance(
            scope, root, block, instance,
            address=f"{called}{kind}.{name}",
            type=kind,
            name=name,
            exists=_templated_by(block) if block.perhaps else _exists(scope, instance),
            attributes=_told(scope, block, attributes),
            binding=Binding(config.plugin, config, config.where),
            labels=labels_of(attributes, config, scope.world.hints),
        )  # fmt: skip
        yield from _worth_reading(scope, found)


def _worth_reading(scope: ModuleScope, found: Resource) -> Iterator[Resource]:
    """A resource; of those that a default leaves out only one that declares a class."""
    if not found.is_left_out or declares_class(found.labels, scope.world.class_keys):
        yield found


def _absent(
    scope: ModuleScope, root: Root, call: Block, instance: Instance, unread: Unknown | None = None
) -> Iterator[Resource]:  # fmt: skip
    """A module that isn't there to read: one resource that stands for all that it may hold. ``unread``: why, where that
    is known."""
    attributes = scope.attributes(call, instance.env(scope.env))
    found = _of_instance(
        scope, root, call, instance,
        address=f"module.{call.name}",
        type="module",
        name=call.name,
        exists=_exists(scope, instance),
        attributes=attributes,
        labels=labels_of_call(attributes, reaching_call(scope, call), scope.world.hints),
        unreadable=_unread(scope, call) if unread is None else unread,
    )  # fmt: skip
    yield from _worth_reading(scope, found)


def _of_instance(
    scope: ModuleScope,
    root: Root,
    block: Block,
    instance: Instance,
    *,
    address: str,
    name: str,
    **said: Any,
) -> Resource:
    """The resource of one instance of a block; ``address`` is that of the block in its module."""
    return _of_block(
        block, root,
        address=f"{scope.address}.{address}{instance.suffix}".lstrip("."),
        names=(name, *_calls(scope), *_key(instance)),
        chain=tuple(Lead(call, Note("report.called-here")) for call in scope.chain()),
        entry=_entry(scope),
        **said,
    )  # fmt: skip


def _entry(scope: ModuleInstance) -> OfEntry | None:
    """The catalogue's entry that says what is in a module, with the call of that module."""
    entry = scope.module.entry
    if entry is None or scope.caller is None:
        return None
    above = scope.caller.scope
    return replace(entry, call=scope.address) if above.module.entry is None else _entry(above)


def _of_block(block: Block, root: Root, **said: Any) -> Resource:
    return Resource(
        front_end=FRONT_END,
        root=root.folder,
        variant=root.variant,
        library=root.library,
        where=block.where,
        **said,
    )


def _told(scope: ModuleScope, block: Block, attributes: Attributes) -> Attributes:
    """What a block says; nothing of it is known where something else may say otherwise."""
    if block.torn:
        return Unsettled(_templated_by(block), block.head)
    return overridden(block.head) if scope.module.lost_override else attributes


def _templated_by(block: Block) -> Unknown:
    return Unknown(Reason.TEMPLATED, block.head.span().path)


def _unread(scope: ModuleScope, call: Block) -> Unknown:
    """Why a module isn't read: it isn't here, or it is and would never end."""
    module, name = callees.module_named(scope, call), call.name
    if module is None:
        source = callees.source(scope, call)
        here = source is not None and source.startswith(
            ("./", "../")
        )  # nothing fetches what lies beside
        note = Note("terraform.module-path-absent", {"source": source}) if here else None
        return Unknown(Reason.REMOTE_MODULE, callees.shown_source(scope, call), note=note)
    if scope.within(module) and local_source(call) is not None:  # told as a cycle
        return unsupported(f"module.{name} calls itself")
    scope.work.refused.append((call.head, Note("terraform.too-many-calls", {"name": name})))
    return unsupported(f"module.{name} is called too deep, or too many are called")


def _exists(scope: ModuleScope, instance: Instance) -> Fact[bool]:
    for doubt in (instance.doubt, scope.doubt()):
        if doubt is not None:
            return doubt
    return TRUE


def _calls(scope: ModuleInstance) -> tuple[str, ...]:
    if scope.caller is None:
        return ()
    return (
        scope.caller.block.name,
        *_key(scope.caller.instance),
        *_calls(scope.caller.scope),
    )


def _key(instance: Instance) -> tuple[str, ...]:
    key = instance.key
    text = known_text(key)
    return () if text is None or key is None or key.sensitive else (text,)
