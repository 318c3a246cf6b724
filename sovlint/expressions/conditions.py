"""What follows from a condition that holds (or doesn't) for one name in it: a few values, or texts with holes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.functions.languages import texts_of
from sovlint.expressions.nodes import (  # fmt: skip
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
from sovlint.model.parts import Parts, may_be, tidy
from sovlint.model.value import MAX_AMONG, Known, Unknown, same

Possible = list["Known[object] | Parts"]
"""Values, and texts with holes, one of which it is. None at all: the condition can't be met."""

MAX_POSSIBLE = 8 * MAX_AMONG
"""More are not kept."""


class KnownCondition(Struct, frozen=True):
    """An expression that is true, or false, and what names mean in it."""

    expression: Expression
    truth: bool
    env: Env

    def but(self, expression: Expression, truth: bool | None = None) -> KnownCondition:
        """The same for another expression."""
        return KnownCondition(expression, self.truth if truth is None else truth, self.env)

    def of_each(self, target: Traversal) -> tuple[Traversal, KnownCondition] | None:
        """The name of an element of ``target``, and what holds for each of them."""
        node = self.expression
        if isinstance(node, Binary) and node.operator == "==" and self.truth and node.right == Literal(0):
            return self._of_none(node.left, target)
        if not isinstance(node, Call) or not node.arguments:
            return None
        over = node.arguments[0]
        if node.name in ("alltrue", "anytrue") and self.truth is (node.name == "alltrue"):
            return self._of_loop(over, target, self.truth)
        if node.name == "contains" and len(node.arguments) == 2 and not self.truth:
            spoken = node.arguments[1]
            truth = truth_of(spoken.value) if isinstance(spoken, Literal) else None
            return None if truth is None else self._of_loop(over, target, not truth)
        return None

    def _of_loop(self, over: Expression, target: Traversal, truth: bool) -> tuple[Traversal, KnownCondition] | None:
        if not isinstance(over, For) or over.key_result is not None or _bare(over.collection) != target:
            return None
        if over.condition is not None or over.value == target.root:
            return None
        return Traversal(over.value, ()), self.but(over.result, truth)

    def _of_none(self, counted: Expression, target: Traversal) -> tuple[Traversal, KnownCondition] | None:
        """``length(setsubtract(var.x, [...])) == 0``, ``length([for x in var.x : x if ...]) == 0``."""
        if not isinstance(counted, Call) or counted.name != "length" or len(counted.arguments) != 1:
            return None
        left = _bare(counted.arguments[0])
        if isinstance(left, Call) and left.name == "setsubtract" and len(left.arguments) == 2:
            element = Traversal("each element", ())
            inside = Call("contains", (left.arguments[1], element), False)
            return (element, self.but(inside, True)) if _bare(left.arguments[0]) == target else None
        if isinstance(left, For) and left.condition is not None and _bare(left.collection) == target:
            return Traversal(left.value, ()), self.but(left.condition, False)
        return None


def _bare(node: Expression) -> Expression:
    """Without what only makes a set or a list of it."""
    while isinstance(node, Call) and node.name in ("toset", "tolist", "distinct") and len(node.arguments) == 1:
        node = node.arguments[0]
    return node


def implied(condition: KnownCondition, target: Traversal) -> Iterator[KnownCondition]:
    """A condition as those that must all hold (a null, which is refused wherever it is used, left aside)."""
    node = condition.expression
    if isinstance(node, Unary) and node.operator == "!":
        yield from implied(condition.but(node.operand, not condition.truth), target)
    elif isinstance(node, Binary) and node.operator == ("&&" if condition.truth else "||"):
        yield from implied(condition.but(node.left), target)
        yield from implied(condition.but(node.right), target)
    elif isinstance(node, Call) and node.name == "alltrue" and condition.truth and _is_list(node):
        for item in _items_of(node):
            yield from implied(condition.but(item), target)
    else:
        yield condition
        yield from _unless_null(condition, target)


def _unless_null(condition: KnownCondition, target: Traversal) -> Iterator[KnownCondition]:
    """``x == null || ...`` and ``x == null ? true : ...``: what follows for the elements of an ``x`` that has some."""
    node = condition.expression
    pair: tuple[KnownCondition, Expression] | None = None
    if isinstance(node, Binary) and node.operator == "||" and condition.truth:
        pair = condition.but(node.left), node.right
    elif isinstance(node, Conditional) and condition.truth:
        if node.yes == Literal(True):
            pair = condition.but(node.test), node.no
        elif node.no == Literal(True):
            pair = condition.but(node.test, False), node.yes
    if pair is not None:
        values = possible(pair[0], target)
        if values and all(isinstance(each, Known) and each.value is None for each in values):
            yield from (each for each in implied(condition.but(pair[1]), target) if each.of_each(target))


def possible(condition: KnownCondition, target: Traversal) -> Possible | None:
    """What ``target`` may be where the condition holds; ``None`` where that isn't restricted."""
    node = condition.expression
    if isinstance(node, Literal) and truth_of(node.value) is not None:
        return None if truth_of(node.value) is condition.truth else []
    if isinstance(node, Unary) and node.operator == "!":
        return possible(condition.but(node.operand, not condition.truth), target)
    if isinstance(node, Conditional):
        return _either(
            _both(possible(condition.but(node.test, True), target), possible(condition.but(node.yes), target)),
            _both(possible(condition.but(node.test, False), target), possible(condition.but(node.no), target)),
        )
    if isinstance(node, Binary):
        return _binary(condition, node, target)
    if isinstance(node, Call) and node.name in _CALLS:
        return _CALLS[node.name](condition, node, target)
    return None


def exact(one: Possible, other: Possible) -> Possible:
    """What is possible under both: of two descriptions the narrower, and of it what the other allows too."""
    sure, rest = (one, other) if _sureness(one) <= _sureness(other) else (other, one)
    return [each for each in sure if not isinstance(each, Known) or any(_fits(each, also) for also in rest)]


def _sureness(these: Possible) -> tuple[bool, int]:
    return any(not isinstance(each, Known) for each in these), len(these)


def _fits(value: Known[object], other: Known[object] | Parts) -> bool:
    if isinstance(other, Known):
        return same(value.value, other.value)
    return isinstance(value.value, str) and may_be(value.value, other)


def _both(one: Possible | None, other: Possible | None) -> Possible | None:
    return exact(one, other) if one is not None and other is not None else other if one is None else one


def _either(one: Possible | None, other: Possible | None) -> Possible | None:
    if one is None or other is None or len(one) + len(other) > MAX_POSSIBLE:
        return None
    return one + [each for each in other if each not in one and not any(_equal(each, also) for also in one)]


def _equal(one: Known[object] | Parts, other: Known[object] | Parts) -> bool:
    return isinstance(one, Known) and isinstance(other, Known) and same(one.value, other.value)


def _binary(condition: KnownCondition, node: Binary, target: Traversal) -> Possible | None:
    if node.operator in ("&&", "||"):
        sides = possible(condition.but(node.left), target), possible(condition.but(node.right), target)
        return _both(*sides) if (node.operator == "&&") is condition.truth else _either(*sides)
    equal = {"==": True, "!=": False}.get(node.operator)
    if _is_count(node.left):
        return _counted(condition, node, target)
    if equal is None:
        return None
    for one, other in ((node.left, node.right), (node.right, node.left)):
        if one == target:
            return _values(condition, other) if equal is condition.truth else None
        truth = truth_of(other.value) if isinstance(other, Literal) and isinstance(other.value, bool) else None
        if truth is not None:  # contains(...) == true
            return possible(condition.but(one, truth is (equal is condition.truth)), target)
        if equal is condition.truth and _speaks_of(one, target):
            return _cut(condition, one, other)
    return None


def _is_count(node: Expression) -> bool:
    return isinstance(node, Call) and node.name == "length" and len(node.arguments) == 1


def _counted(condition: KnownCondition, node: Binary, target: Traversal) -> Possible | None:
    """``length(regexall(pattern, x)) > 0`` and its like."""
    over = node.left.arguments[0] if isinstance(node.left, Call) else None
    number = node.right.value if isinstance(node.right, Literal) else None
    some = {(">", 0), (">=", 1), ("!=", 0), ("==", 1)} if condition.truth else {("==", 0), ("<", 1), ("<=", 0)}
    if not isinstance(over, Call) or over.name != "regexall" or (node.operator, number) not in some:
        return None
    return _matching(condition, over, target)


def _values(condition: KnownCondition, other: Expression) -> Possible | None:
    value = evaluate(other, condition.env)
    if isinstance(value, Known):
        return [value]
    return list(value.among) if value.among else None


def _speaks_of(node: Expression, target: Traversal) -> bool:
    return isinstance(node, Call) and node.name == "substr" and len(node.arguments) == 3 and node.arguments[0] == target


def _cut(condition: KnownCondition, node: Expression, other: Expression) -> Possible | None:
    """``substr(x, 0, 3) == "eu-"``."""
    assert isinstance(node, Call)
    found = _values(condition, other)
    if node.arguments[1] != Literal(0) or found is None:
        return None
    return [tidy((str(each.value), None)) for each in found if isinstance(each, Known) and isinstance(each.value, str)]


def _contains(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    if not condition.truth or len(node.arguments) != 2 or node.arguments[1] != target:
        return None
    value = evaluate(node.arguments[0], condition.env)
    lists = [value] if isinstance(value, Known) else list(value.among or ())
    found: Possible = []
    for each in lists:
        if not isinstance(each.value, tuple):
            return None
        for item in each.value:
            if isinstance(item, Unknown) and not item.among:
                return None
            found += [item] if isinstance(item, Known) else item.among or ()
    return found if lists and len(found) <= MAX_POSSIBLE else None


def _can(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    if not condition.truth or len(node.arguments) != 1:
        return None
    inner = node.arguments[0]
    if isinstance(inner, Call) and inner.name == "regex":
        return _matching(condition, inner, target)
    if isinstance(inner, Traversal) and inner.steps and inner.steps[-1] == Index(target):
        over = evaluate(Traversal(inner.root, inner.steps[:-1]), condition.env)
        if isinstance(over, Known) and isinstance(over.value, dict) and len(over.value) <= MAX_POSSIBLE:
            return [Known(key) for key in over.value]
    return None


def _matching(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    if len(node.arguments) != 2 or node.arguments[1] != target:
        return None
    pattern = evaluate(node.arguments[0], condition.env)
    texts = texts_of(pattern.value) if isinstance(pattern, Known) and isinstance(pattern.value, str) else None
    if texts is None:
        return None
    return [Known("".join(part or "" for part in text)) if None not in text else text for text in texts]


def _begins(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    if not condition.truth or len(node.arguments) != 2 or node.arguments[0] != target:
        return None
    found = _values(condition, node.arguments[1])
    texts = [each.value for each in found or () if isinstance(each, Known) and isinstance(each.value, str)]
    if found is None or len(texts) < len(found):
        return None
    before, after = {"startswith": (False, True), "endswith": (True, False)}.get(node.name, (True, True))
    return [tidy((*((None,) if before else ()), text, *((None,) if after else ()))) for text in texts]


def _quantified(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    """``anytrue`` and ``alltrue`` over conditions that are written out, or made by a loop over what is known."""
    every = (node.name == "alltrue") is condition.truth
    found: Possible | None = None if every else []
    conditions = list(_looped(condition, node))
    if not conditions:
        return None
    for each in conditions:
        these = possible(each, target)
        found = _both(found, these) if every else _either(found, these)
    return found


def _looped(condition: KnownCondition, node: Call) -> Iterator[KnownCondition]:
    if _is_list(node):
        yield from map(condition.but, _items_of(node))
        return
    loop = node.arguments[0] if node.arguments else None
    if not isinstance(loop, For) or loop.key_result is not None or loop.condition is not None or loop.key is not None:
        return
    over = evaluate(loop.collection, condition.env)
    if isinstance(over, Known) and isinstance(over.value, tuple) and len(over.value) <= MAX_POSSIBLE:
        for item in over.value:
            yield KnownCondition(loop.result, condition.truth, condition.env.bind({loop.value: item}))


def _try(condition: KnownCondition, node: Call, target: Traversal) -> Possible | None:
    found: Possible | None = []
    for argument in node.arguments:
        found = _either(found, possible(condition.but(argument), target))
    return found


def _is_list(node: Call) -> bool:
    return len(node.arguments) == 1 and isinstance(node.arguments[0], ListOf)


def _items_of(node: Call) -> tuple[Expression, ...]:
    inner = node.arguments[0]
    return inner.items if isinstance(inner, ListOf) else ()


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
