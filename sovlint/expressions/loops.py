"""Loops: ``for`` expressions and template directives, over what is known, open, or known by its elements alone."""

from __future__ import annotations

from msgspec import Struct

from sovlint.expressions import beyond_limits
from sovlint.expressions.environment import Env, Evaluate
from sovlint.expressions.kinds import (
    Failed,
    SetOf,
    Thing,
    content,
    failed,
    first_unknown,
    pairs_of,
)
from sovlint.expressions.lifting import lift, one_of, plainly_unknown
from sovlint.expressions.limits import MAX_ELEMENTS, TURN
from sovlint.expressions.nodes import For, TemplateFor
from sovlint.expressions.operators import truth_of
from sovlint.expressions.texts import joined, text_of
from sovlint.expressions.values import element_of, of_each
from sovlint.model.value import Known, MayHold, Unknown, Value


def _afforded(made: Value, env: Env) -> Value:
    return beyond_limits.afforded(made, env.scope.work)


def of_template(node: TemplateFor, env: Env, evaluate: Evaluate) -> Value:
    """``%{ for x in xs }...%{ endfor }``: the texts that its turns give, joined."""
    items = items_of(evaluate(node.collection, env))
    if isinstance(items, Unknown):
        return items
    pieces: list[Value] = []
    for key, item in items:
        if not env.scope.work.spend(TURN):
            return beyond_limits.work()
        pieces.append(evaluate(node.body, env.bind(_names(node.key, node.value, key, item))))
    return _afforded(joined(pieces), env)


def of_for(node: For, env: Env, evaluate: Evaluate) -> Value:
    """``[for ...]`` and ``{for ...}``."""
    collection = evaluate(node.collection, env)
    if isinstance(collection, Unknown) and collection.holds is not None:
        return _afforded(_for_some(node, collection, env, evaluate), env)
    if (
        isinstance(collection, Unknown)
        and collection.entries is not None
        and node.key_result is not None
    ):
        return _for_open(node, collection, env, evaluate)
    if isinstance(collection, Unknown) and collection.each is not None:
        return _afforded(_for_each(node, collection, env, evaluate), env)
    found = lift([collection], lambda inner: _for_known(node, Known(inner), env, evaluate))
    return _afforded(found, env)


def _for_open(node: For, collection: Unknown, env: Env, evaluate: Evaluate) -> Value:
    """Over an open map: what its known keys give, in a map that stays open."""
    known = _for_known(node, Known(dict(collection.entries or {})), env, evaluate)
    entries = known.value if isinstance(known, Known) else known.entries
    if not isinstance(entries, dict):
        return plainly_unknown(collection)
    opened = collection.bare().but(entries=entries)
    return _afforded(opened, env)


def _for_each(node: For, collection: Unknown, env: Env, evaluate: Evaluate) -> Value:
    """Over a collection of which only its elements are known: what each gives."""
    inner = env.bind(
        _names(node.key, node.value, plainly_unknown(collection), element_of(collection))
    )
    each = evaluate(node.result, inner)
    if node.key_result is not None and node.group:
        each = of_each(collection, each)
    return of_each(collection, each)


def _for_known(node: For, collection: Value, env: Env, evaluate: Evaluate) -> Value:
    items = items_of(collection)
    if isinstance(items, Unknown):
        return items
    turns = [_Turn(key, item) for key, item in items]
    return _for_turns(node, turns, _unordered(collection), env, evaluate)


def _for_some(node: For, collection: Unknown, env: Env, evaluate: Evaluate) -> Value:
    """Over a collection of which it isn't known of each thing that it is in it."""
    turns = [_Turn(each.key, each.value, each.sure) for each in collection.holds or ()]
    return _for_turns(node, turns, plainly_unknown(collection), env, evaluate)


class _Turn(Struct, eq=False):
    """A key with its element, which is surely there or perhaps."""

    key: Value
    value: Value
    sure: bool = True


def _for_turns(
    node: For, turns: list[_Turn], doubt: Unknown | None, env: Env, evaluate: Evaluate
) -> Value:
    """What each turn gives; ``doubt``: why it isn't known what is in the collection, or in which order."""
    made = _turned(node, turns, env, evaluate)
    if isinstance(made, Unknown):
        return made
    given, condition = made
    doubt = doubt if condition is None else condition
    if node.key_result is None:
        values = [each.value for each in given]
        if doubt is None:
            return Known(tuple(values))
        return _some_of(values, doubt).but(holds=_held(given, in_order=True))
    kept = [(each.key, each.value) for each in given if each.sure]
    found = _for_map(kept, node.group, doubt)
    if isinstance(found, (Known, Failed)) or node.group:
        return found
    # Two items of one key are refused, so that none of those that are surely there is overridden.
    return found.but(
        overridable=False,
        each=_some_of([each.value for each in given], found).each,
        holds=_held(given),
    )


def _turned(
    node: For, turns: list[_Turn], env: Env, evaluate: Evaluate
) -> tuple[list[_Turn], Unknown | None] | Unknown:
    """The key and the value of each turn whose condition may hold, and why it isn't known of some whether it does."""
    given: list[_Turn] = []
    doubt: Unknown | None = None
    for turn in turns:
        if not env.scope.work.spend(TURN):
            return beyond_limits.work()
        inner = env.bind(_names(node.key, node.value, turn.key, turn.value))
        test = Known(True) if node.condition is None else evaluate(node.condition, inner)
        holds = truth_of(test.value) if isinstance(test, Known) else None
        if isinstance(test, Unknown):
            doubt = test
        elif holds is None:
            return failed("a condition must be true or false")
        if holds is not False:
            key = turn.key if node.key_result is None else evaluate(node.key_result, inner)
            sure = turn.sure and holds is True
            given.append(_Turn(key, evaluate(node.result, inner), sure))
    return given, doubt


def _held(given: list[_Turn], in_order: bool = False) -> tuple[MayHold, ...] | None:
    """All that may be in what is made, each under its key (``in_order``: its place); ``None`` where that says no more
    than its entries do, or where a key isn't known."""
    if all(each.sure for each in given):
        return None
    found: list[MayHold] = []
    for place, each in enumerate(given):
        key = Known(place) if in_order else each.key
        if isinstance(key, Unknown) or text_of(key.value) is None:
            return None
        found.append(MayHold(key, each.value, each.sure))
    return tuple(found)


def _some_of(elements: list[Value], doubt: Unknown) -> Unknown:
    """A collection of some of these elements, not known which."""
    each = one_of(elements, doubt) if elements else None
    return of_each(doubt, None if isinstance(each, Failed) else each)


def _unordered(collection: Value) -> Unknown | None:
    """The element of a set that isn't known: where it stands among the others isn't either."""
    inner = content(collection)
    return first_unknown(inner) if isinstance(inner, SetOf) else None


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
    return Unknown(
        doubt.reason,
        doubt.detail,
        doubt.because,
        entries=built,
        sensitive=secret,
        note=doubt.note,
    )


def items_of(collection: Value) -> list[tuple[Value, Value]] | Unknown:
    """Keys and elements of a collection, maps in the order of their keys."""
    if isinstance(collection, Unknown):
        return plainly_unknown(collection)
    inner = collection.value
    if isinstance(inner, Thing):
        return items_of(inner.elements())
    if not isinstance(inner, (dict, tuple)):
        return failed("not a collection")
    pairs = pairs_of(dict(sorted(inner.items())) if isinstance(inner, dict) else inner)
    return pairs if len(pairs) <= MAX_ELEMENTS else beyond_limits.elements(len(pairs))


def _names(key: str | None, value: str, key_value: Value, item: Value) -> dict[str, Value]:
    return {value: item} if key is None else {key: key_value, value: item}
