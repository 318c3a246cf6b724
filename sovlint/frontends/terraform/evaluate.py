"""Expression -> Value. What is known is computed; what isn't stays unknown with whatever is known of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from sovlint.frontends.terraform import functions
from sovlint.frontends.terraform.functions.files import Files
from sovlint.frontends.terraform.limits import MAX_ELEMENTS, TURN, Work
from sovlint.frontends.terraform.nodes import (
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
    Step,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    Unary,
    Unsupported,
)  # fmt: skip
from sovlint.frontends.terraform.values import (
    TOO_LARGE,
    Failed,
    NotKnown,
    SetOf,
    Thing,
    attribute,
    because,
    failed,
    hidden,
    index,
    joined,
    lift,
    measure,
    merged,
    missing,
    plain,
    plainly_unknown,
    splat,
    text_of,
    unsupported,
)  # fmt: skip
from sovlint.model.value import Known, Unknown, Value, either, same

MAX_EXACT = 10**30
"""Whole numbers past this are no longer exact, so that none grows without end."""
TOO_MUCH = "more work than one root is given"
"""What is said of what isn't evaluated any more."""


class Scope(Protocol):
    """What names mean in a module."""

    @property
    def files(self) -> Files:
        """The files that functions may read."""
        ...

    @property
    def work(self) -> Work:
        """What evaluating may still cost."""
        ...

    def name(self, root: str, steps: Sequence[Step], env: Env) -> tuple[Value, int] | None:
        """The value that ``root`` and the first steps stand for, and how many steps that took (``None``: no such)."""
        ...


class Env:
    """A scope with the names bound here: ``each``, ``count``, ``for`` variables, iterators of dynamic blocks."""

    __slots__ = ("bound", "scope")

    def __init__(self, scope: Scope, bound: Mapping[str, Value] | None = None) -> None:
        self.scope = scope
        self.bound: Mapping[str, Value] = bound or {}

    def bind(self, names: Mapping[str, Value]) -> Env:
        """The same scope with further names."""
        return Env(self.scope, {**self.bound, **names})


class _NoNames:
    """A scope without names: what a template file, or a value given from outside, can refer to."""

    def __init__(self, files: Files, work: Work) -> None:
        self.files = files
        self.work = work

    def name(self, root: str, steps: Sequence[Step], env: Env) -> tuple[Value, int] | None:
        return None


NOWHERE = Env(_NoNames(Files(), Work(sys.maxsize)))
"""Where nothing has a name and no file can be read."""


def evaluate(expression: Expression, env: Env) -> Value:
    """The value of an expression; never raises for what a scanned file says."""
    return _EVALUATE[type(expression)](expression, env)


def _afforded(value: Value, env: Env) -> Value:
    """A value just made, unless it is too large or the root has cost too much: whoever walks it will end."""
    work = env.scope.work
    size = measure(value, work.limit)
    within = work.spend(work.limit if size is None else size)
    return value if size is not None else unsupported(TOO_LARGE if within else TOO_MUCH)


def follow(value: Value, steps: Sequence[Step], env: Env) -> Value:
    """Apply the steps after a value, in order; a splat takes those that it reaches."""
    for position, step in enumerate(steps):
        if isinstance(step, str):
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


def _splat(value: Value, step: Splat, rest: Sequence[Step], env: Env) -> Value:
    reach = len(rest)
    if not step.full:  # an attribute-only splat ends at the first index
        reach = next((position for position, after in enumerate(rest) if not isinstance(after, str)), len(rest))
    inner, outer = rest[:reach], rest[reach:]
    return follow(splat(value, lambda item: follow(item, inner, env)), outer, env)


def _literal(node: Literal, env: Env) -> Value:
    return Known(node.value)


def _template(node: Template, env: Env) -> Value:
    return _afforded(joined(evaluate(piece, env) for piece in node.pieces), env)


def _template_if(node: TemplateIf, env: Env) -> Value:
    return _choose(evaluate(node.test, env), lambda: evaluate(node.yes, env), lambda: evaluate(node.no, env))


def _template_for(node: TemplateFor, env: Env) -> Value:
    items = _items(evaluate(node.collection, env))
    if isinstance(items, Unknown):
        return items
    pieces: list[Value] = []
    for key, item in items:
        if not env.scope.work.spend(TURN):
            return unsupported(TOO_MUCH)
        pieces.append(evaluate(node.body, env.bind(_names(node.key, node.value, key, item))))
    return _afforded(joined(pieces), env)


def _traversal(node: Traversal, env: Env) -> Value:
    bound = env.bound.get(node.root)
    if bound is not None:
        return follow(bound, node.steps, env)
    found = env.scope.name(node.root, node.steps, env)
    if found is None:
        return failed(f"nothing is called {node.root}")
    value, taken = found
    return follow(value, node.steps[taken:], env)


def _postfix(node: Postfix, env: Env) -> Value:
    return follow(evaluate(node.base, env), node.steps, env)


def _call(node: Call, env: Env) -> Value:
    if node.name in functions.MAKES and env.scope.work.left < 0:
        return unsupported(TOO_MUCH)
    special = _SPECIAL.get(node.name)
    if special is not None:
        return special(node, env)
    arguments: list[Value] = [evaluate(argument, env) for argument in node.arguments]
    if node.expand and arguments:
        last = arguments.pop()
        items = _items(last)
        if isinstance(items, Unknown):
            return functions.with_open_arguments(node.name, arguments, items)
        arguments.extend(item for _, item in items)
    if node.name == "lookup" and len(arguments) == 2:
        doubt = missing(*arguments)
        if doubt is not None:
            env.scope.work.may_be_missing(doubt)
    work = env.scope.work
    cost = functions.cost(node.name, arguments, work.limit)
    within = work.spend(work.limit if cost is None else cost)
    if cost is None:
        return unsupported(TOO_LARGE if within else TOO_MUCH)
    return _afforded(functions.call(node.name, arguments, env.scope.files), env)


def _try(node: Call, env: Env) -> Value:
    """The first argument that Terraform wouldn't refuse. One that isn't known may be refused or not."""
    work, before = env.scope.work, env.scope.work.doubts
    possible: list[Value] = []
    doubt: Unknown | None = None
    for argument in node.arguments:
        work.doubts = before
        value = evaluate(argument, env)
        if isinstance(value, Failed):
            continue
        possible.append(value)
        if isinstance(value, Unknown):
            doubt = value if doubt is None else doubt
        elif work.doubts == before:
            break
        else:
            doubt = work.doubt if doubt is None else doubt
    if not possible:
        return failed("try: every argument is refused")
    return possible[0] if doubt is None else either(possible, doubt)


def _can(node: Call, env: Env) -> Value:
    work, before = env.scope.work, env.scope.work.doubts
    value = evaluate(node.arguments[0], env) if node.arguments else failed("can")
    doubt = work.doubt if work.doubts > before else None
    work.doubts = before
    if isinstance(value, Known):
        return Known(True, value.because) if doubt is None else plainly_unknown(doubt)
    return Known(False) if isinstance(value, Failed) else plainly_unknown(value)


def _template_file(node: Call, env: Env) -> Value:
    if len(node.arguments) != 2 or isinstance(env.scope, _NoNames):
        return failed("templatefile takes a path and variables, and not in a template")
    path, variables = (evaluate(argument, env) for argument in node.arguments)
    if not (isinstance(path, Known) and isinstance(path.value, str)):
        return plainly_unknown(path) if isinstance(path, Unknown) else failed("templatefile")
    if not (isinstance(variables, Known) and isinstance(variables.value, dict)):
        return plainly_unknown(variables) if isinstance(variables, Unknown) else failed("templatefile")
    template = env.scope.files.template(path.value)
    if isinstance(template, Unknown):
        return template
    return evaluate(template, Env(_NoNames(env.scope.files, env.scope.work), variables.value))


def _conditional(node: Conditional, env: Env) -> Value:
    return _choose(evaluate(node.test, env), lambda: evaluate(node.yes, env), lambda: evaluate(node.no, env))


def _choose(test: Value, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
    if isinstance(test, Known):
        truth = _truth(test.value)
        chosen = failed("a condition must be true or false") if truth is None else (yes if truth else no)()
    else:
        chosen = either([yes(), no()], test)
    chosen = because(chosen, test.because)
    return hidden(chosen) if test.sensitive else chosen


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def _binary(node: Binary, env: Env) -> Value:
    left = evaluate(node.left, env)
    if node.operator in ("&&", "||"):
        return _logical(node, left, env)
    return lift([left, evaluate(node.right, env)], lambda a, b: _BINARY[node.operator](a, b))


def _logical(node: Binary, left: Value, env: Env) -> Value:
    """Kleene's logic: one operand may decide even where the other isn't known."""
    decisive = node.operator == "||"
    sides = [left]
    if not (isinstance(left, Known) and _truth(left.value) is decisive):
        sides.append(evaluate(node.right, env))
    for side in sides:
        if isinstance(side, Known) and _truth(side.value) is decisive:
            return Known(decisive, side.because)
    for side in sides:
        if isinstance(side, Unknown):
            return plainly_unknown(side)
    if any(isinstance(side, Known) and _truth(side.value) is None for side in sides):
        return failed("a condition must be true or false")
    return Known(not decisive, merged(*(side.because for side in sides)))


def _equal(left: object, right: object) -> Value:
    answer = _alike(left, right)
    if isinstance(answer, Unknown):
        raise NotKnown(answer)
    return Known(answer)


def _different(left: object, right: object) -> Value:
    answer = _alike(left, right)
    if isinstance(answer, Unknown):
        raise NotKnown(answer)
    return Known(not answer)


def _alike(one: object, other: object) -> bool | Unknown:
    """Whether two values are equal. One difference decides, whatever else isn't known; so does null."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return _all_alike((one[key], other[key]) for key in one)
    if isinstance(one, SetOf) or isinstance(other, SetOf):
        return _alike_sets(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and _all_alike(zip(one, other, strict=True))
    return one is other if isinstance(one, Thing) or isinstance(other, Thing) else same(one, other)


def _all_alike(pairs: Iterable[tuple[Value, Value]]) -> bool | Unknown:
    doubt: Unknown | None = None
    for one, other in pairs:
        unknown = next((side for side in (one, other) if isinstance(side, Unknown)), None)
        if unknown is not None:
            doubt = unknown
            continue
        assert isinstance(one, Known)
        assert isinstance(other, Known)
        answer = _alike(one.value, other.value)
        if answer is False:
            return False
        doubt = answer if isinstance(answer, Unknown) else doubt
    return True if doubt is None else doubt


def _alike_sets(one: object, other: object) -> bool | Unknown:
    """Sets don't mind the order of their elements."""
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    unknown = next((item for item in (*one, *other) if isinstance(item, Unknown)), None)
    if unknown is not None:
        return unknown
    return sorted(map(repr, map(plain, one))) == sorted(map(repr, map(plain, other)))


def _number(value: object) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str) and len(value) < 64:
        try:
            number = float(value)
        except ValueError:
            return None
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return None


def _arithmetic(function: Callable[[Any, Any], object]) -> Callable[[object, object], Value]:
    def apply(left: object, right: object) -> Value:
        one, other = _number(left), _number(right)
        if one is None or other is None:
            return failed("arithmetic needs numbers")
        try:
            result = function(one, other)
            if isinstance(result, int) and abs(result) > MAX_EXACT:
                result = float(result)
        except (ArithmeticError, ValueError):
            return failed("arithmetic without an answer")
        whole = isinstance(result, float) and result.is_integer() and abs(result) < 1e15
        return Known(int(cast(float, result)) if whole else result)

    return apply


def _unary(node: Unary, env: Env) -> Value:
    def apply(value: object) -> Value:
        if node.operator == "!":
            truth = _truth(value)
            return failed("! needs true or false") if truth is None else Known(not truth)
        number = _number(value)
        return failed("- needs a number") if number is None else Known(-number)

    return lift([evaluate(node.operand, env)], apply)


def _list(node: ListOf, env: Env) -> Value:
    return _afforded(Known(tuple(evaluate(item, env) for item in node.items)), env)


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
    opened = Unknown(unknown.reason, unknown.detail, unknown.because, entries=entries, sensitive=secret)
    return _afforded(opened, env)


def _for(node: For, env: Env) -> Value:
    collection = evaluate(node.collection, env)
    if isinstance(collection, Unknown) and collection.entries is not None and node.key_result is not None:
        return _for_open(node, collection, env)
    return _afforded(lift([collection], lambda inner: _for_known(node, Known(inner), env)), env)


def _for_open(node: For, collection: Unknown, env: Env) -> Value:
    """Over an open map: what its known keys give, in a map that stays open."""
    known = _for_known(node, Known(dict(collection.entries or {})), env)
    entries = known.value if isinstance(known, Known) else known.entries
    if not isinstance(entries, dict):
        return plainly_unknown(collection)
    opened = Unknown(
        collection.reason, collection.detail, collection.because, entries=entries, sensitive=collection.sensitive
    )
    return _afforded(opened, env)


def _for_known(node: For, collection: Value, env: Env) -> Value:
    items = _items(collection)
    if isinstance(items, Unknown):
        return items
    kept: list[tuple[Value, Value]] = []
    doubt: Unknown | None = None
    for key, item in items:
        if not env.scope.work.spend(TURN):
            return unsupported(TOO_MUCH)
        inner = env.bind(_names(node.key, node.value, key, item))
        if node.condition is not None:
            test = evaluate(node.condition, inner)
            if isinstance(test, Unknown):
                doubt = test
                continue
            if _truth(test.value) is not True:
                continue
        kept.append((evaluate(node.key_result, inner) if node.key_result else key, evaluate(node.result, inner)))
    if node.key_result is None:
        doubt = _unordered(collection) if doubt is None else doubt
        return plainly_unknown(doubt) if doubt is not None else Known(tuple(value for _, value in kept))
    return _for_map(kept, node.group, doubt)


def _unordered(collection: Value) -> Unknown | None:
    """The element of a set that isn't known: where it stands among the others isn't either."""
    inner = collection.value if isinstance(collection, Known) else None
    return next((item for item in inner if isinstance(item, Unknown)), None) if isinstance(inner, SetOf) else None


def _for_map(pairs: list[tuple[Value, Value]], group: bool, doubt: Unknown | None) -> Value:
    built: dict[str, Value] = {}
    groups: dict[str, list[Value]] = {}
    secret = any(key.sensitive for key, _ in pairs)
    for key, value in pairs:
        if isinstance(key, Unknown):
            doubt = key
            continue
        text = text_of(key.value)
        if text is None:
            return failed("a key must be text")
        if group:
            groups.setdefault(text, []).append(value)
        else:
            built[text] = value
    built.update({text: Known(tuple(values)) for text, values in groups.items()})
    if doubt is None:
        return Known(built, sensitive=secret)
    return Unknown(doubt.reason, doubt.detail, doubt.because, entries=built, sensitive=secret or doubt.sensitive)


def _items(collection: Value) -> list[tuple[Value, Value]] | Unknown:
    """Keys and elements of a collection, maps in the order of their keys."""
    if isinstance(collection, Unknown):
        return plainly_unknown(collection)
    inner = collection.value
    if isinstance(inner, Thing):
        return _items(inner.elements())
    if isinstance(inner, dict):
        pairs: list[tuple[Value, Value]] = [(Known(key), inner[key]) for key in sorted(inner)]
    elif isinstance(inner, SetOf):
        pairs = [(item, item) for item in inner]
    elif isinstance(inner, tuple):
        pairs = [(Known(position), item) for position, item in enumerate(inner)]
    else:
        return failed("not a collection")
    return pairs if len(pairs) <= MAX_ELEMENTS else unsupported(f"more than {MAX_ELEMENTS} elements")


def _names(key: str | None, value: str, key_value: Value, item: Value) -> dict[str, Value]:
    return {value: item} if key is None else {key: key_value, value: item}


def _unsupported(node: Unsupported, env: Env) -> Value:
    return unsupported(node.detail)


_BINARY: Mapping[str, Callable[[object, object], Value]] = {
    "==": _equal,
    "!=": _different,
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "/": _arithmetic(lambda left, right: left / right),
    "%": _arithmetic(lambda left, right: left - right * int(left / right)),
    "<": _arithmetic(lambda left, right: left < right),
    ">": _arithmetic(lambda left, right: left > right),
    "<=": _arithmetic(lambda left, right: left <= right),
    ">=": _arithmetic(lambda left, right: left >= right),
}

_SPECIAL: Mapping[str, Callable[[Call, Env], Value]] = {"try": _try, "can": _can, "templatefile": _template_file}

_EVALUATE: Mapping[type, Callable[[Any, Env], Value]] = {
    Literal: _literal,
    Template: _template,
    TemplateIf: _template_if,
    TemplateFor: _template_for,
    Traversal: _traversal,
    Postfix: _postfix,
    Call: _call,
    Conditional: _conditional,
    Binary: _binary,
    Unary: _unary,
    ListOf: _list,
    ObjectOf: _object,
    For: _for,
    Unsupported: _unsupported,
}
