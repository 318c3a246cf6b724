"""Early evaluation (OpenTofu): ``source`` and ``version`` of a call may be made of variables and locals.

Terraform refuses anything but literals there, so what evaluates is what OpenTofu would call.
"""

from __future__ import annotations

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.nodes import Block, Literal
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.model.value import Known, Unknown, Value

HOLE = "…"


def argument(scope: ModuleInstance, call: Block, name: str) -> Value | None:
    """An argument that must be known before anything is fetched; ``None`` where it isn't written."""
    attribute = call.body.attributes.get(name)
    if attribute is None:
        return None
    expression = attribute.expression
    if isinstance(expression, Literal):
        return Known(expression.value)
    return scope.once(("module", call.labels[0], name), lambda: evaluate(expression, scope.env))


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
    if isinstance(value, Unknown) and value.among:
        return ", ".join(str(member.value) for member in value.among)
    if isinstance(value, Unknown):
        return "".join(HOLE if part is None else part for part in value.parts or ())
    return str(value.value)


def _text(value: Value | None) -> str | None:
    known = isinstance(value, Known) and isinstance(value.value, str) and not value.sensitive
    return str(value.value) if isinstance(value, Known) and known else None
