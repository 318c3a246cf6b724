"""Expression -> Value. What is known is computed; what isn't stays unknown with whatever is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sovlint.frontends.terraform import beyond, functions
from sovlint.frontends.terraform.environment import Env, NoNames
from sovlint.frontends.terraform.kinds import Failed, SetOf, Thing, failed, unsupported
from sovlint.frontends.terraform.lifting import because, hidden, lift, merged, one_of, plainly_unknown
from sovlint.frontends.terraform.limits import MAX_ELEMENTS, TURN
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
from sovlint.frontends.terraform.numerals import exact, made
from sovlint.frontends.terraform.operators import ARITHMETIC, EQUALITY, equality, truth_of
from sovlint.frontends.terraform.parts import may_be
from sovlint.frontends.terraform.sizes import measure
from sovlint.frontends.terraform.texts import joined, number_or_none, text_of
from sovlint.frontends.terraform.unify import may_change, unified
from sovlint.frontends.terraform.values import attribute, element_of, having, index, missing, of_each, splat
from sovlint.model.value import Known, Unknown, Value


def evaluate(expression: Expression, env: Env) -> Value:
    """The value of an expression; never raises for what a scanned file says."""
    return _EVALUATE[type(expression)](expression, env)


def _afforded(value: Value, env: Env) -> Value:
    """A value just made, unless it is too large or the root has cost too much: whoever walks it will end."""
    work = env.scope.work
    size = measure(value, work.limit)
    within = work.spend(work.limit if size is None else size)
    return value if size is not None else (beyond.value(value) if within else beyond.work())


def follow(value: Value, steps: Sequence[Step], env: Env) -> Value:
    """Apply the steps after a value, in order; a splat takes those that it reaches."""
    for position, step in enumerate(steps):
        if isinstance(step, str):
            unsure = value.value.doubtful() if isinstance(value, Known) and isinstance(value.value, Thing) else None
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
            return beyond.work()
        pieces.append(evaluate(node.body, env.bind(_names(node.key, node.value, key, item))))
    return _afforded(joined(pieces), env)


def _traversal(node: Traversal, env: Env) -> Value:
    bound = env.bound.get(node.root)
    if bound is not None:
        return follow(bound, node.steps, env)
    found = env.scope.name(node.root, node.steps, env)
    if found is None:
        return unsupported(f"nothing is called {node.root}")
    value, taken = found
    return follow(value, node.steps[taken:], env)


def _postfix(node: Postfix, env: Env) -> Value:
    return follow(evaluate(node.base, env), node.steps, env)


def _call(node: Call, env: Env) -> Value:
    if node.name in functions.MAKES and not env.scope.work.within:
        return beyond.work()
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
        return beyond.parts() if within else beyond.work()
    return _afforded(functions.call(node.name, arguments, env.scope.files), env)


def _try(node: Call, env: Env) -> Value:
    """The first argument that Terraform wouldn't refuse. One that isn't known may be refused or not.

    One of a few is none that is refused, and a resource surely has the address at which it answers.
    """
    work, before = env.scope.work, env.scope.work.doubts
    possible: list[Value] = []
    doubt: Unknown | None = None
    for argument in node.arguments:
        work.doubts = before
        value = evaluate(argument, env)
        if isinstance(value, Failed):
            continue
        possible.append(value)
        if isinstance(value, Unknown) and not value.among and value.host_of is None:
            doubt = value if doubt is None else doubt
        elif work.doubts == before:
            break
        else:
            doubt = work.doubt if doubt is None else doubt
    if not possible:
        return failed("try: every argument is refused")
    return possible[0] if doubt is None else one_of(possible, doubt)


def _can(node: Call, env: Env) -> Value:
    work, before = env.scope.work, env.scope.work.doubts
    value = evaluate(node.arguments[0], env) if node.arguments else failed("can")
    doubt = work.doubt if work.doubts > before else None
    work.doubts = before
    if isinstance(value, Known) or value.among or value.host_of is not None:
        return Known(True, value.because) if doubt is None else plainly_unknown(doubt)
    return Known(False) if isinstance(value, Failed) else plainly_unknown(value)


def _template_file(node: Call, env: Env) -> Value:
    return _rendered(node, env, env.scope.files.template)


def _template_string(node: Call, env: Env) -> Value:
    return _rendered(node, env, lambda text: env.scope.files.parsed(text, "given to templatestring"))


def _rendered(node: Call, env: Env, template_of: Callable[[str], Expression | Unknown]) -> Value:
    """A template, with variables of its own alone."""
    if len(node.arguments) != 2 or isinstance(env.scope, NoNames):
        return failed(f"{node.name} takes a template and variables, and not in a template")
    source, variables = (env.scope.files.nearby(evaluate(argument, env)) for argument in node.arguments)
    if not (isinstance(source, Known) and isinstance(source.value, str)):
        return plainly_unknown(source) if isinstance(source, Unknown) else failed(node.name)
    if isinstance(variables, Known) and isinstance(variables.value, Thing):
        return unsupported("a whole resource or module as variables of a template")
    if not (isinstance(variables, Known) and isinstance(variables.value, dict)):
        return plainly_unknown(variables) if isinstance(variables, Unknown) else failed(node.name)
    template = template_of(source.value)
    if isinstance(template, Unknown):
        return template
    return evaluate(template, Env(NoNames(env.scope.files, env.scope.work), variables.value))


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

    return _choose(evaluate(node.test, env), lambda: arm(node.yes, node.no), lambda: arm(node.no, node.yes))


def _choose(test: Value, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
    if isinstance(test, Known):
        truth = truth_of(test.value)
        chosen = failed("a condition must be true or false") if truth is None else (yes if truth else no)()
    elif isinstance(test, Failed):
        return test
    else:
        chosen = one_of([yes(), no()], test)
    chosen = because(chosen, test.because)
    return hidden(chosen) if test.sensitive else chosen


def _binary(node: Binary, env: Env) -> Value:
    left = evaluate(node.left, env)
    if node.operator in ("&&", "||"):
        return _logical(node, left, env)
    right = evaluate(node.right, env)
    if node.operator not in EQUALITY:
        return lift([left, right], ARITHMETIC[node.operator])
    result = lift([left, right], equality(node.operator, _constant(node.left) and _constant(node.right)))
    if isinstance(result, Unknown) and _differ(left, right):
        return because(Known(node.operator == "!=", sensitive=result.sensitive), left.because, right.because)
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
        members = (other,) if isinstance(other, Known) else other.among or ()
        if isinstance(one, Unknown) and one.parts and members:
            return not any(isinstance(each.value, str) and may_be(each.value, one.parts) for each in members)
    return False


def _logical(node: Binary, left: Value, env: Env) -> Value:
    """Kleene's logic: one operand may decide even where the other isn't known."""
    decisive = node.operator == "||"
    sides = [left]
    if not (isinstance(left, Known) and truth_of(left.value) is decisive):
        sides.append(evaluate(node.right, env))
    for side in sides:
        if isinstance(side, Known) and truth_of(side.value) is decisive:
            return Known(decisive, side.because)
    for side in sides:
        if isinstance(side, Unknown):
            return plainly_unknown(side)
    if any(isinstance(side, Known) and side.value is None for side in sides):
        return unsupported("null as a condition")  # refused, or false
    if any(isinstance(side, Known) and truth_of(side.value) is None for side in sides):
        return failed("a condition must be true or false")
    return Known(not decisive, merged(*(side.because for side in sides)))


def _unary(node: Unary, env: Env) -> Value:
    def apply(value: object) -> Value:
        if node.operator == "!":
            truth = truth_of(value)
            return failed("! needs true or false") if truth is None else Known(not truth)
        number = number_or_none(value)
        if number is None:
            return failed("- needs a number")
        return Known(made(-exact(number))) if number else unsupported("a negative zero")

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
    opened = plainly_unknown(unknown).but(entries=entries, sensitive=secret)
    return _afforded(opened, env)


def _for(node: For, env: Env) -> Value:
    collection = evaluate(node.collection, env)
    if isinstance(collection, Unknown) and collection.entries is not None and node.key_result is not None:
        return _for_open(node, collection, env)
    if isinstance(collection, Unknown) and collection.each is not None:
        return _afforded(_for_each(node, collection, env), env)
    return _afforded(lift([collection], lambda inner: _for_known(node, Known(inner), env)), env)


def _for_open(node: For, collection: Unknown, env: Env) -> Value:
    """Over an open map: what its known keys give, in a map that stays open."""
    known = _for_known(node, Known(dict(collection.entries or {})), env)
    entries = known.value if isinstance(known, Known) else known.entries
    if not isinstance(entries, dict):
        return plainly_unknown(collection)
    opened = plainly_unknown(collection).but(entries=entries)
    return _afforded(opened, env)


def _for_each(node: For, collection: Unknown, env: Env) -> Value:
    """Over a collection of which only its elements are known: what each gives."""
    inner = env.bind(_names(node.key, node.value, plainly_unknown(collection), element_of(collection)))
    each = evaluate(node.result, inner)
    if node.key_result is not None and node.group:
        each = of_each(collection, each)
    return of_each(collection, each)


def _for_known(node: For, collection: Value, env: Env) -> Value:
    items = _items(collection)
    if isinstance(items, Unknown):
        return items
    kept: list[tuple[Value, Value]] = []
    perhaps: list[Value] = []
    doubt: Unknown | None = None
    for key, item in items:
        if not env.scope.work.spend(TURN):
            return beyond.work()
        inner = env.bind(_names(node.key, node.value, key, item))
        if node.condition is not None:
            test = evaluate(node.condition, inner)
            if isinstance(test, Unknown):
                doubt = test
                perhaps.append(evaluate(node.result, inner))
                continue
            truth = truth_of(test.value)
            if truth is None:
                return failed("a condition must be true or false")
            if not truth:
                continue
        kept.append((evaluate(node.key_result, inner) if node.key_result else key, evaluate(node.result, inner)))
    if node.key_result is None:
        doubt = _unordered(collection) if doubt is None else doubt
        values = [value for _, value in kept]
        return Known(tuple(values)) if doubt is None else _some_of([*values, *perhaps], doubt)
    found = _for_map(kept, node.group, doubt)
    if isinstance(found, (Known, Failed)) or node.group:
        return found
    # Two items of one key are refused, so that none of those that are surely there is overridden.
    return found.but(overridable=False, each=_some_of([*(value for _, value in kept), *perhaps], found).each)


def _some_of(elements: list[Value], doubt: Unknown) -> Unknown:
    """A collection of some of these elements, not known which."""
    each = one_of(elements, doubt) if elements else None
    return of_each(doubt, None if isinstance(each, Failed) else each)


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
    secret = secret or doubt.sensitive
    return Unknown(doubt.reason, doubt.detail, doubt.because, entries=built, sensitive=secret, note=doubt.note)


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
    return pairs if len(pairs) <= MAX_ELEMENTS else beyond.elements(len(pairs))


def _names(key: str | None, value: str, key_value: Value, item: Value) -> dict[str, Value]:
    return {value: item} if key is None else {key: key_value, value: item}


def _unsupported(node: Unsupported, env: Env) -> Value:
    return unsupported(node.detail)


_SPECIAL: Mapping[str, Callable[[Call, Env], Value]] = {
    "try": _try,
    "can": _can,
    "templatefile": _template_file,
    "templatestring": _template_string,
}

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
