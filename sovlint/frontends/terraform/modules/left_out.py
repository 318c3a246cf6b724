"""What a default leaves out (``count = var.export ? 1 : 0``): whoever applies a root may give another value."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import known_text, pairs_of
from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.modules.instances import Instance
from sovlint.frontends.terraform.modules.module_instance import Caller
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.model.resources.resource import Labels
from sovlint.model.text import Note
from sovlint.model.value import (
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    Value,
    unroll,
)
from sovlint.rules.tagging import folded


def instances_of(scope: ModuleScope, block: Block) -> list[Instance]:
    """The instances of a block; where a default of the root alone leaves all out, one that may be there."""
    return scope.instances(block) or _left_out(scope, block)


def children_of(scope: ModuleScope, call: Block) -> list[tuple[Instance, ModuleScope]]:
    """The child instances of a call block, likewise."""
    module, found = scope.called(call), scope.children(call)
    if found or module is None:
        return found
    return [
        (each, ModuleScope(scope.world, module, caller=Caller(scope, call, each)))
        for each in _left_out(scope, call)
    ]


def _left_out(scope: ModuleScope, block: Block) -> list[Instance]:
    counted = "count" in block.body.attributes
    repeated = block.expression("count" if counted else "for_each")
    if repeated is None or scope.world.is_settled:
        return []
    step = _overridable(scope, evaluate(repeated, scope.env))
    if step is None:
        return []
    name = str(step.note.params["name"])
    reason = Reason.CALLER_NOT_IN_REPO if scope.root.library else Reason.UNSET_VARIABLE
    note = Note("terraform.left-out", {"name": name})
    doubt = Unknown(reason, f"var.{name}", step, note=note, kind=UnknownKind.LEFT_OUT)
    key = Known(0) if counted else doubt.but(because=None)
    return [Instance("[0]" if counted else '["*"]', key, None, counted, doubt)]


def _overridable(scope: ModuleScope, repeated: Value) -> Step | None:
    """The first default of the root in a chain: one of another module is overridden by a call alone, which is here."""
    defaults = (each for each in unroll(repeated.because) if each.kind is StepKind.DEFAULT)
    for step in defaults:
        where = None if step.where is None else step.where.span()
        if where is not None and posixpath.dirname(where.path) == scope.root.module.folder:
            return step
    return None


def declares_class(labels: Iterable[Labels], keys: Collection[str]) -> bool:
    """Whether labels have one of the keys that declare a class."""
    return any(
        folded(known_text(key) or "") in map(folded, each.keys or keys)
        for each in labels
        if isinstance(each.entries, Known)
        for key, _ in pairs_of(each.entries.value)
    )
