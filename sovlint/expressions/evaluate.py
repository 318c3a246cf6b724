"""Expression -> Value. What is known is computed; what isn't stays unknown with whatever is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sovlint.expressions import beyond_limits, loops
from sovlint.expressions.environment import Env
from sovlint.expressions.kinds import (
    Failed,
    Thing,
    content,
    failed,
    first_unknown,
    members_of,
    unsupported,
)
from sovlint.expressions.lifting import (
    because,
    hidden,
    hop,
    lift,
    merged,
    one_of,
    plainly_unknown,
)
from sovlint.expressions.loops import items_of
from sovlint.expressions.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Index,
    ListOf,
    Literal,
    ObjectOf,
    Postfix,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    TraversalStep,
    Unary,
    Unsupported,
)
from sovlint.expressions.numerals import exact, made
from sovlint.expressions.operators import ARITHMETIC, EQUALITY, equality, truth_of
from sovlint.expressions.special_calls import SPECIAL
from sovlint.expressions.texts import joined, number_or_none, text_of
from sovlint.expressions.unify import may_change, unified
from sovlint.expressions.values import attribute, having, index, missing, splat
from sovlint.model.partial.parts import may_be
from sovlint.model.text import Note
from sovlint.model.value import Known, StepKind, Unknown, UnknownKind, Value, is_null


def evaluate(expression: Expression, env: Env) -> Value:
    """The value of an expression; never raises for what a scanned file says."""
    return _EVALUATE[type(expression)](expression, env)


def passed_on(
    attribute: Attribute, env: Env, note: Note, kind: StepKind = StepKind.PASSED_ON
) -> Value:
    """The value of an argument, as it is seen where it goes on to; ``note`` says that of its place."""
    return hop(evaluate(attribute.expression, env), attribute.where, note, kind)


def follow(value: Value, steps: Sequence[TraversalStep], env: Env) -> Value:
    """Apply the steps after a value, in order; a splat takes those that it reaches."""
    for position, step in enumerate(steps):
        if isinstance(step, str):
            inner = content(value)
            unsure = inner.doubtful() if isinstance(inner, Thing) else None
            kept = having(value, step)
            if kept is not None:
                assert isinstance(value, Unknown)
                unsure, value = plainly_unknown(value), kept
            if unsure is not None:
                env.scope.work.may_be_missing(unsure)
            value = attribute(value, step)
        elif isinstance(step, Index):
            key = evaluate(step.key, env)
            doubt = missing(value, key)
            if doubt is not None:
                env.scope.work.may_be_missing(doubt)
            value = index(value, key)
        else:
            return _splat(value, step, steps[position + 1 :], env)
    return value


def _splat(value: Value, step: Splat, rest: Sequence[TraversalStep], env: Env) -> Value:
    reach = len(rest)
    if not step.full:  # an attribute-only splat ends at the first index
        reach = next(
            (position for position, after in enumerate(rest) if not isinstance(after, str)),
            len(rest),
        )
    inner, outer = rest[:reach], rest[reach:]
    return follow(splat(value, lambda item: follow(item, inner, env)), outer, env)


def _afforded(made: Value, env: Env) -> Value:
    return beyond_limits.afforded(made, env.scope.work)


def _traversal(node: Traversal, env: Env) -> Value:
    bound = env.bound.get(node.root)
    if bound is not None:
        return follow(bound, node.steps, env)
    found = env.scope.name(node.root, node.steps, env)
    if found is None:
        return unsupported(f"nothing is called {node.root}")
    value, taken = found
    return follow(value, node.steps[taken:], env)


def _call(node: Call, env: Env) -> Value:
    # Imported late: all functions take 0.01 s, and many a file calls none.
    from sovlint.expressions.functions.calls import MAKES, call, cost, with_open_arguments

    if node.name in MAKES and not env.scope.work.within:
        return beyond_limits.work()
    special = SPECIAL.get(node.name)
    if special is not None:
        return special(node, env, evaluate)
    arguments: list[Value] = [evaluate(argument, env) for argument in node.arguments]
    if node.expand and arguments:
        last = arguments.pop()
        items = items_of(last)
        if isinstance(items, Unknown):
            return with_open_arguments(node.name, arguments, items)
        arguments.extend(item for _, item in items)
    work = env.scope.work
    doubt = missing(*arguments) if node.name == "lookup" and len(arguments) == 2 else None
    if doubt is not None:
        work.may_be_missing(doubt)
    size = cost(node.name, arguments, work.limit)
    within = work.spend(work.limit if size is None else size)
    if size is None:
        return beyond_limits.parts() if within else beyond_limits.work()
    return _afforded(call(node.name, arguments, env.scope.files), env)


def _conditional(node: Conditional, env: Env) -> Value:
    def arm(wanted: Expression, other: Expression) -> Value:
        """One arm as of the type that both have: the other is looked at only where it may matter."""
        value = evaluate(wanted, env)
        if not may_change(value):
            return value
        work, before = env.scope.work, env.scope.work.doubts
        both = unified([value, evaluate(other, env)])
        work.doubts = before
        if both is None:
            work.may_be_missing(unsupported("arms that may have no type in common"))
        return value if both is None else both[0]

    return _choose(
        evaluate(node.test, env),
        lambda: arm(node.yes, node.no),
        lambda: arm(node.no, node.yes),
    )


def _choose(test: Value, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
    if isinstance(test, Known):
        truth = truth_of(test.value)
        chosen = (
            failed("a condition must be true or false")
            if truth is None
            else (yes if truth else no)()
        )
    elif isinstance(test, Failed):
        return test
    else:
        first, other = (no, yes) if _was_false(test) else (yes, no)
        arms = [first(), other()]
        chosen = one_of(arms, test)
        if isinstance(chosen, Unknown) and not chosen.among:
            chosen = chosen.but(may_be=_written(arms))
    chosen = because(chosen, test.because)
    return hidden(chosen) if test.sensitive else chosen


def _written(arms: Sequence[Value]) -> tuple[Value, ...]:
    """The texts among the arms of a condition, where what else there may be isn't known."""
    members = (member for arm in arms for member in (*members_of(arm), *_may_be(arm)))
    return tuple(each for each in members if isinstance(content(each), str))


def _may_be(value: Value) -> Sequence[Value]:
    return value.may_be if isinstance(value, Unknown) else ()


def _was_false(test: Unknown) -> bool:
    """Whether a condition was read as false, and another value contradicts that: then what it leads to comes first."""
    is_contradicted = test.kind is UnknownKind.CONTRADICTED and test.among
    return bool(is_contradicted) and truth_of(members_of(test)[0].value) is False


def _binary(node: Binary, env: Env) -> Value:
    left = evaluate(node.left, env)
    if node.operator in ("&&", "||"):
        return _logical(node, left, env)
    right = evaluate(node.right, env)
    if node.operator not in EQUALITY:
        return lift([left, right], ARITHMETIC[node.operator])
    result = lift(
        [left, right], equality(node.operator, _constant(node.left) and _constant(node.right))
    )
    if isinstance(result, Unknown) and _differ(left, right):
        return because(
            Known(node.operator == "!=", sensitive=result.sensitive),
            left.because,
            right.because,
        )
    return result


def _constant(node: Expression) -> bool:
    """Whether an expression is written out as literals alone."""
    if isinstance(node, ListOf):
        return all(map(_constant, node.items))
    if isinstance(node, ObjectOf):
        return all(_constant(key) and _constant(value) for key, value in node.pairs)
    return isinstance(node, Literal)


def _differ(left: Value, right: Value) -> bool:
    """Whether a text of which some is known can't be any of what it is compared with."""
    for one, other in ((left, right), (right, left)):
        members = members_of(other)
        if isinstance(one, Unknown) and one.parts and members:
            return not any(
                isinstance(each.value, str) and may_be(each.value, one.parts)
                for each in members
            )
    return False


def _logical(node: Binary, left: Value, env: Env) -> Value:
    """Kleene's logic: one operand may decide even where the other isn't known."""
    decisive = node.operator == "||"
    sides = [left]
    if truth_of(content(left)) is not decisive:
        sides.append(evaluate(node.right, env))
    for side in sides:
        if truth_of(content(side)) is decisive:
            return Known(decisive, side.because)
    doubt = first_unknown(sides)
    if doubt is not None:
        found = _one_of_truths(sides, decisive)
        return plainly_unknown(doubt) if found is None else found
    if any(map(is_null, sides)):
        return unsupported("null as a condition")  # refused, or false
    if any(truth_of(content(side)) is None for side in sides):
        return failed("a condition must be true or false")
    return Known(not decisive, merged(*(side.because for side in sides)))


def _one_of_truths(sides: Sequence[Value], decisive: bool) -> Value | None:
    """What comes of operands each of which is one of a few truths; ``None`` where one may be anything."""
    if not all(isinstance(side, Known) or side.among for side in sides):
        return None
    truths = [[truth_of(member.value) for member in members_of(side)] for side in sides]
    if any(None in several for several in truths):
        return None
    return lift(
        sides,
        lambda *values: (
            decisive if any(truth_of(value) is decisive for value in values) else not decisive
        ),
    )


def _unary(node: Unary, env: Env) -> Value:
    def apply(value: object) -> object:
        if node.operator == "!":
            truth = truth_of(value)
            return failed("! needs true or false") if truth is None else not truth
        number = number_or_none(value)
        if number is None:
            return failed("- needs a number")
        return made(-exact(number)) if number else unsupported("a negative zero")

    return lift([evaluate(node.operand, env)], apply)


def _object(node: ObjectOf, env: Env) -> Value:
    """Entries by key; one whose key isn't known may override those written before it, so the map stays open."""
    entries: dict[str, Value] = {}
    unknown: Unknown | None = None
    secret = False
    for key_node, value_node in node.pairs:
        key = evaluate(key_node, env)
        secret = secret or key.sensitive
        text = text_of(key.value) if isinstance(key, Known) else None
        if isinstance(key, Unknown):
            unknown = key if unknown is None else unknown
        elif text is None:
            return failed("a key must be text")
        else:
            entries[text] = evaluate(value_node, env)
    if unknown is None:
        return _afforded(Known(entries, sensitive=secret), env)
    return _afforded(unknown.bare().but(entries=entries, sensitive=secret), env)


_EVALUATE: Mapping[type, Callable[[Any, Env], Value]] = {
    Literal: lambda node, env: Known(node.value),
    Template: lambda node, env: _afforded(
        joined(evaluate(piece, env) for piece in node.pieces), env
    ),
    TemplateIf: lambda node, env: _choose(
        evaluate(node.test, env),
        lambda: evaluate(node.yes, env),
        lambda: evaluate(node.no, env),
    ),
    TemplateFor: lambda node, env: loops.of_template(node, env, evaluate),
    Traversal: _traversal,
    Postfix: lambda node, env: follow(evaluate(node.base, env), node.steps, env),
    Call: _call,
    Conditional: _conditional,
    Binary: _binary,
    Unary: _unary,
    ListOf: lambda node, env: _afforded(
        Known(tuple(evaluate(item, env) for item in node.items)), env
    ),
    ObjectOf: _object,
    For: lambda node, env: loops.of_for(node, env, evaluate),
    Unsupported: lambda node, env: unsupported(node.detail),
}
