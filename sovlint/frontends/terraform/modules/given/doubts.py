"""A value that another one here contradicts isn't proved: it is one of them, or unknown where only a run tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.expressions.environment import NOWHERE, Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.lifting import hop, one_of
from sovlint.expressions.nodes import Block, Literal, Traversal
from sovlint.expressions.types import convert
from sovlint.expressions.values import wrap
from sovlint.frontends.terraform.modules.given.rows import OtherValue
from sovlint.frontends.terraform.syntax.hcl import parse_expression
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import (
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    Value,
    same,
)

_MOST_STEPS = 5
"""As many contradictions are led back to; further ones say nothing new."""


def doubted(block: Block, value: Value, others: Iterable[OtherValue], env: Env) -> Value:
    """``value`` where all ``others`` agree with it; else one of all of them. What isn't known stays as it is."""
    if not isinstance(value, Known):
        return value
    against = list(_against(block, value, others, env))
    if not against:
        return value
    name = block.name
    value = _read(value, name)
    steps = dict.fromkeys(
        each.because for each in (value, *against) if each.because is not None
    )
    place = _place(against[0])
    note = Note("terraform.variable-contradicted", {"name": name, "where": place})
    because = Step(None, note, tuple(steps)[: _MOST_STEPS + 1], kind=StepKind.COMBINED)
    open_ = Unknown(
        Reason.MULTI_VALUED,
        f"var.{name}",
        because,
        note=note,
        kind=UnknownKind.CONTRADICTED,
    )
    found = one_of([value, *against], open_)
    if isinstance(found, Known) or found.among:
        return found
    found = found.but(because=because, note=note, read=value)
    if isinstance(value.value, dict) and found.entries is None:
        return found.but(entries=value.value)  # what isn't known may override them
    return found


def _read(value: Known[object], name: str) -> Known[object]:
    """A value that was read; where it is a default, it is not the only value."""
    step = value.because
    if step is None or step.kind is not StepKind.DEFAULT:
        return value
    note = Note("terraform.variable-default-read", {"name": name})
    read = Step(step.where, note, step.parents, step.refers, step.kind)
    return Known(value.value, read, value.sensitive)


def _against(
    block: Block, value: Known[object], others: Iterable[OtherValue], env: Env
) -> Iterator[Value]:
    kind = block.expression("type")
    for other in others:
        found = convert(_value(other, block), kind, env)
        if isinstance(found, Unknown) and isinstance(value.value, bool):
            found = Known(not value.value, found.because)  # it can be nothing else
        if not (isinstance(found, Known) and same(found.value, value.value)):
            yield found


def _value(other: OtherValue, block: Block) -> Value:
    where = other.where if block.expression("sensitive") != Literal(True) else block.head
    name = block.name
    if other.expression is not None:
        found = evaluate(other.expression, NOWHERE)
        return hop(found, where, Note("terraform.variable-file", {"name": name}))
    if other.text is not None:
        found = from_option(other.text, block)
        return hop(found, where, Note("terraform.variable-pipeline", {"name": name}))
    step = Step(where, Note("terraform.variable-pipeline", {"name": name}))
    return Unknown(Reason.FROM_ENVIRONMENT, f"var.{name}", step)


def from_option(written: str, block: Block) -> Value:
    """``--var``: text for a string variable or one without a type, else an expression, as Terraform reads it."""
    kind = block.expression("type")
    if kind is None or (
        isinstance(kind, Traversal) and kind.root in ("string", "number", "bool")
    ):
        return wrap(written)
    expression = parse_expression(written, "--var")
    return wrap(written) if expression is None else evaluate(expression, NOWHERE)


def _place(value: Value) -> str:
    where: Located | None = value.because.where if value.because is not None else None
    span = where.span() if where is not None else None
    return f"{span.path}:{span.line}" if span is not None else ""
