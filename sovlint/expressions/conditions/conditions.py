"""What follows from a condition that holds (or doesn't) for one name in it: a few values, or texts with holes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

from sovlint.expressions.conditions.known_condition import KnownCondition, written_truth
from sovlint.expressions.conditions.possible import MAX_POSSIBLE, Possible, both, either
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.functions.languages import texts_of
from sovlint.expressions.kinds import content, known_text, members_of
from sovlint.expressions.nodes import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Index,
    ListOf,
    Literal,
    Traversal,
    Unary,
)
from sovlint.expressions.operators import truth_of
from sovlint.model.partial.parts import Parts, tidy, whole_text
from sovlint.model.value import Known, is_null


def _beside(node: Call, target: Traversal, at: int) -> Expression | None:
    """The other argument of a call of two, of which one, that at ``at``, is what is spoken of."""
    if len(node.arguments) != 2 or node.arguments[at] != target:
        return None
    return node.arguments[1 - at]


def implied(condition: KnownCondition, target: Traversal) -> Iterator[KnownCondition]:
    """A condition as those that must all hold (a null, which is refused wherever it is used, left aside)."""
    node = condition.expression
    items = (
        _items_of(node)
        if isinstance(node, Call) and node.name == "alltrue" and condition.truth
        else None
    )
    if isinstance(node, Unary) and node.operator == "!":
        yield from implied(condition.but(node.operand, not condition.truth), target)
    elif isinstance(node, Binary) and node.operator == ("&&" if condition.truth else "||"):
        yield from implied(condition.but(node.left), target)
        yield from implied(condition.but(node.right), target)
    elif items is not None:
        for item in items:
            yield from implied(condition.but(item), target)
    else:
        yield condition
        yield from _unless_null(condition, target)


def _unless_null(condition: KnownCondition, target: Traversal) -> Iterator[KnownCondition]:
    """``x == null || ...`` and ``x == null ? true : ...``: what follows for the elements of an ``x`` that has some."""
    node = condition.expression
    if not condition.truth:
        return
    if isinstance(node, Binary) and node.operator == "||":
        first, then = condition.but(node.left), node.right
    elif isinstance(node, Conditional) and node.yes == Literal(True):
        first, then = condition.but(node.test), node.no
    elif isinstance(node, Conditional) and node.no == Literal(True):
        first, then = condition.but(node.test, False), node.yes
    else:
        return
    values = possible(first, target)
    if values and all(isinstance(each, Known) and is_null(each) for each in values):
        yield from (
            each for each in implied(condition.but(then), target) if each.of_each(target)
        )


def possible(condition: KnownCondition, target: Traversal) -> Possible | None:
    """What ``target`` may be where the condition holds; ``None`` where that isn't restricted."""
    node = condition.expression
    written = written_truth(node)
    if written is not None:
        return None if written is condition.truth else []
    if isinstance(node, Unary) and node.operator == "!":
        return possible(condition.but(node.operand, not condition.truth), target)
    if isinstance(node, Conditional):
        return either(
            both(
                possible(condition.but(node.test, True), target),
                possible(condition.but(node.yes), target),
            ),
            both(
                possible(condition.but(node.test, False), target),
                possible(condition.but(node.no), target),
            ),
        )
    if isinstance(node, Binary):
        return _binary(condition, node, target)
    if isinstance(node, Call) and node.name in _CALLS:
        return _CALLS[node.name](condition, node, target)
    return None


def _binary(condition: KnownCondition, node: Binary, target: Traversal) -> Possible | None:
    if node.operator in ("&&", "||"):
        sides = (
            possible(condition.but(node.left), target),
            possible(condition.but(node.right), target),
        )
        return both(*sides) if (node.operator == "&&") is condition.truth else either(*sides)
    equal = {"==": True, "!=": False}.get(node.operator)
    if (
        isinstance(node.left, Call)
        and node.left.name == "length"
        and len(node.left.arguments) == 1
    ):
        return _counted(condition, node, node.left.arguments[0], target)
    if equal is None:
        return None
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if one == target:
            return [*_values(condition, other)] or None if equal is condition.truth else None
        truth = (
            truth_of(other.value)
            if isinstance(other, Literal) and isinstance(other.value, bool)
            else None
        )
        if truth is not None:  # contains(...) == true
            return possible(condition.but(one, truth is (equal is condition.truth)), target)
        if equal is condition.truth and _is_cut(one, target):
            assert isinstance(one, Call)
            return _cut(condition, one, other)
    return None


def _counted(
    condition: KnownCondition, node: Binary, over: Expression, target: Traversal
) -> Possible | None:
    """``length(regexall(pattern, x)) > 0`` and its like."""
    number = node.right.value if isinstance(node.right, Literal) else None
    some = (
        {(">", 0), (">=", 1), ("!=", 0), ("==", 1)}
        if condition.truth
        else {("==", 0), ("<", 1), ("<=", 0)}
    )
    if (
        not isinstance(over, Call)
        or over.name != "regexall"
        or (node.operator, number) not in some
    ):
        return None
    return _matching(condition, over, target)


def _values(condition: KnownCondition, other: Expression) -> list[Known[object]]:
    """All that another expression may be; nothing where that isn't known."""
    return list(members_of(evaluate(other, condition.env)))


def _texts(condition: KnownCondition, other: Expression) -> list[str]:
    """The same where all of it is text."""
    found = [each.value for each in _values(condition, other)]
    texts = [each for each in found if isinstance(each, str)]
    return texts if len(texts) == len(found) else []


def _is_cut(node: Expression, target: Traversal) -> bool:
    return (
        isinstance(node, Call)
        and node.name == "substr"
        and len(node.arguments) == 3
        and node.arguments[0] == target
    )


def _cut(condition: KnownCondition, node: Call, other: Expression) -> Possible | None:
    """``substr(x, 0, 3) == "eu-"``."""
    found = _values(condition, other)
    if node.arguments[1] != Literal(0) or not found:
        return None
    return [tidy((each.value, None)) for each in found if isinstance(each.value, str)]


def _contains(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    listed = _beside(node, target, 1)
    found: Possible = []
    lists = _values(condition, listed) if listed is not None and condition.truth else []
    for each in lists:
        if not isinstance(each.value, tuple):
            return None
        for item in each.value:
            members = members_of(item)
            if not members:
                return None
            found += members
    return found if lists and len(found) <= MAX_POSSIBLE else None


def _can(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    if not condition.truth or len(node.arguments) != 1:
        return None
    inner = node.arguments[0]
    if isinstance(inner, Call) and inner.name == "regex":
        return _matching(condition, inner, target)
    if isinstance(inner, Traversal) and inner.steps and inner.steps[-1] == Index(target):
        over = content(evaluate(Traversal(inner.root, inner.steps[:-1]), condition.env))
        if isinstance(over, dict) and len(over) <= MAX_POSSIBLE:
            return list(map(Known, over))
    return None


def _matching(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    written = _beside(node, target, 1)
    pattern = None if written is None else known_text(evaluate(written, condition.env))
    texts = None if pattern is None else texts_of(pattern)
    if texts is None:
        return None
    spelt = ((text, whole_text(text)) for text in texts)
    return [text if known is None else Known(known) for text, known in spelt]


def _begins(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    other = _beside(node, target, 0)
    texts = _texts(condition, other) if other is not None and condition.truth else []
    before: Parts = () if node.name == "startswith" else (None,)
    after: Parts = () if node.name == "endswith" else (None,)
    return [tidy((*before, text, *after)) for text in texts] or None


def _quantified(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    """``anytrue`` and ``alltrue`` over conditions that are written out, or made by a loop over what is known."""
    found = [possible(each, target) for each in _looped(condition, node)]
    if not found:
        return None
    if (node.name == "alltrue") is condition.truth:
        return reduce(both, found)
    nothing: Possible | None = []
    return reduce(either, found, nothing)


def _looped(condition: KnownCondition, node: Call) -> Iterator[KnownCondition]:
    items = _items_of(node)
    if items is not None:
        yield from map(condition.but, items)
        return
    loop = node.arguments[0] if node.arguments else None
    if (
        not isinstance(loop, For)
        or loop.key_result is not None
        or loop.condition is not None
        or loop.key is not None
    ):
        return
    over = content(evaluate(loop.collection, condition.env))
    if isinstance(over, tuple) and len(over) <= MAX_POSSIBLE:
        for item in over:
            yield KnownCondition(
                loop.result, condition.truth, condition.env.bind({loop.value: item})
            )


def _try(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    nothing: Possible | None = []
    return reduce(
        either,
        (possible(condition.but(argument), target) for argument in node.arguments),
        nothing,
    )


def _items_of(node: Call) -> tuple[Expression, ...] | None:
    """The items of a list that is the only argument of a call."""
    inner = node.arguments[0] if len(node.arguments) == 1 else None
    return inner.items if isinstance(inner, ListOf) else None


_CALLS: Mapping[str, Callable[[KnownCondition, Call, Traversal], Possible | None]] = {
    "alltrue": _quantified,
    "anytrue": _quantified,
    "can": _can,
    "contains": _contains,
    "endswith": _begins,
    "startswith": _begins,
    "strcontains": _begins,
    "try": _try,
}
