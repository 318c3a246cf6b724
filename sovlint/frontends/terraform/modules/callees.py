"""Which module a call names, and how much comes of a module.

``source`` and ``version`` may be made of variables and locals (early evaluation, OpenTofu). Terraform refuses anything
but literals there, so what evaluates is what OpenTofu would call.
"""

from __future__ import annotations

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import known_text, members_of
from sovlint.expressions.limits import COUNTED
from sovlint.expressions.nodes import Block, Literal
from sovlint.frontends.terraform.modules.module import Module, called_module, local_source
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance, RootContext
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.value import Known, Unknown, Value

MAX_CALLS = 32
"""Module calls nested deeper than this are not followed: no real tree is, and one that calls itself would be."""


def module_named(scope: ModuleInstance, block: Block) -> Module | None:
    """The module that a call names, if it is here."""
    named = source(scope, block)
    found = _beside(scope.world, scope.module, named)
    if found is not None or scope.world.installed is None:
        return found
    path = ".".join((*scope.path_of_calls(), block.name))
    return scope.world.installed.called(
        path, block, scope.module.folder, named, version(scope, block)
    )


def _beside(world: RootContext, module: Module, source: str | None) -> Module | None:
    if world.reader.mount(module.folder):  # what lies beside it isn't of this repository
        return None
    return called_module(module.folder, source, world.modules, world.reader.real)


def declared(world: RootContext, module: Module, above: tuple[Module, ...] = ()) -> int:
    """How many resources a module declares with those that it calls, up to a number that is too many anyway."""
    weights = world.weights
    if id(module) not in weights:
        inner = (
            _beside(world, module, local_source(block)) for block in module.calls.values()
        )
        called = [
            each
            for each in inner
            if each is not None and each is not module and each not in above
        ]
        deeper = len(above) < MAX_CALLS
        total = (
            sum(declared(world, each, (*above, module)) for each in called) if deeper else 0
        )
        weights[id(module)] = min(COUNTED, len(module.resources) + total)
    return weights[id(module)]


# --- what is written of a call


def argument(scope: ModuleInstance, call: Block, name: str) -> Value | None:
    """An argument that must be known before anything is fetched; ``None`` where it isn't written."""
    expression = call.expression(name)
    if expression is None:
        return None
    if isinstance(expression, Literal):
        return Known(expression.value)
    return scope.once(("module", call.name, name), lambda: evaluate(expression, scope.env))


def source(scope: ModuleInstance, call: Block) -> str | None:
    """The source of a call, where it is known."""
    return _text(argument(scope, call, "source"))


def version(scope: ModuleInstance, call: Block) -> str | None:
    """The version constraint of a call: empty where there is none, ``None`` where it isn't known."""
    value = argument(scope, call, "version")
    return "" if value is None else _text(value)


def source_as_known(value: Value | None) -> str:
    """A source as far as it is known: ``./modules/…``, each of a few; empty where nothing is, or mustn't be told."""
    if value is None or value.sensitive:
        return ""
    members = members_of(value)
    if isinstance(value, Unknown) and not members:
        return marked_text(value.parts or ()).replace(HOLE, "…")
    return ", ".join(str(member.value) for member in members)


def shown_source(scope: ModuleInstance, call: Block) -> str:
    """The source of a call as far as it is known, else what the call is called."""
    return source_as_known(argument(scope, call, "source")) or f"module.{call.name}"


def _text(value: Value | None) -> str | None:
    return None if value is None or value.sensitive else known_text(value)
