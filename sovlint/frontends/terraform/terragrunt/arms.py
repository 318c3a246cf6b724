"""The sources that a unit may have: each of a few that its source may be, or both arms of what decides it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.functions import checkout
from sovlint.expressions.kinds import known_text
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.nodes import Conditional, Expression, Template
from sovlint.frontends.terraform.terragrunt import merge
from sovlint.model.value import Known, Unknown, Value


class SourceArm(Struct, frozen=True):
    """One of several sources that a unit may have, what tells it from the others, and why nobody knows which it is."""

    told: str
    value: Value
    doubt: Unknown


def arms(piece: merge.Piece, value: Value) -> Sequence[SourceArm]:
    """The sources that ``value`` may be; none where it is known, or nobody knows which there are.

    A path below the checkout isn't known as a text. So it is never one of a few texts, and its arms are looked at.
    """
    if isinstance(value, Known) or value.checkout is not None:
        return ()
    if value.among:
        doubt = plainly_unknown(value)
        return [SourceArm(str(each.value), each, doubt) for each in value.among]
    attribute = piece.attribute("source")
    condition = None if attribute is None else _condition(attribute.expression)
    if condition is None:
        return ()
    test = evaluate(condition.test, piece.config.env)
    found = [evaluate(arm, piece.config.env) for arm in (condition.yes, condition.no)]
    told = [_told(each) for each in found]
    if not isinstance(test, Unknown) or not all(told):
        return ()
    doubt = plainly_unknown(test)
    return [SourceArm(*each, doubt) for each in zip(told, found, strict=True)]


def _condition(expression: Expression) -> Conditional | None:
    """A source as a condition with whole sources for arms; ``None`` where it has no condition, or several."""
    if isinstance(expression, Conditional):
        return expression
    if not isinstance(expression, Template):
        return None
    inner = [piece for piece in expression.pieces if isinstance(piece, Conditional)]
    if len(inner) != 1:
        return None
    (condition,) = inner
    yes, no = (
        Template(tuple(arm if piece is condition else piece for piece in expression.pieces))
        for arm in (condition.yes, condition.no)
    )
    return Conditional(condition.test, yes, no)


def _told(value: Value) -> str:
    """What tells a source from another: its text, or its path below the checkout; empty where neither is known."""
    if isinstance(value, Unknown):
        return checkout.path_of(value) or ""
    return known_text(value) or ""
