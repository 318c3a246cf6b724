"""Sprig's maps. ``set`` and ``unset`` change the map that they get, as in Go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    is_open,
    is_unknown,
    mapping,
    rest_of,
    text,
)
from sovlint.expressions.templates.functions.texts.common import string_of
from sovlint.expressions.templates.limits import WRITTEN
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import List, Map
from sovlint.expressions.templates.values_text import type_name


def _dict(run: Execution, *values: Any) -> Any:
    run.afford(len(values))
    made = Map()
    for at in range(0, len(values), 2):
        key = string_of(run, values[at])
        value = values[at + 1] if at + 1 < len(values) else ""
        if is_unknown(key):
            _set_unknown(run, made, key, value)
        else:
            made[key] = value
    return made


def _set_unknown(run: Execution, target: Any, key: Any, value: Any) -> None:
    """A value under a key that isn't known: it may be any, also one that is there."""
    hole = run.unknown("set", key, value)
    if isinstance(target, Map):
        target.rest = hole
    for known in list(target):
        target[known] = run.unknown("get", hole, known)


def _get(run: Execution, target: Any, key: Any) -> Any:
    if is_unknown(target) or is_unknown(key):
        return run.unknown("get", target, key)
    entries = mapping(target)
    if text(key) in entries:
        return entries[key]
    return rest_of(target, key) if is_open(target) else ""


def _set(run: Execution, target: Any, key: Any, value: Any) -> Any:
    if is_unknown(target):
        return run.unknown("set", target, key, value)
    if target is None:
        raise TemplateError("assignment to entry in nil map")
    entries = mapping(target)
    run.changes(target)
    if is_unknown(key):
        _set_unknown(run, entries, key, value)
    else:
        target[text(key)] = value
    return target


def _unset(run: Execution, target: Any, key: Any) -> Any:
    if is_unknown(target):
        return run.unknown("unset", target, key)
    if target is None:
        return Map()
    mapping(target)
    run.changes(target)
    if is_unknown(key):
        for known in list(target):
            target[known] = run.unknown("unset", target[known], key)
        return target
    target.pop(text(key), None)
    return target


def _has_key(run: Execution, target: Any, key: Any) -> Any:
    if is_unknown(target) or is_unknown(key):
        return run.unknown("hasKey", target, key)
    entries = mapping(target)
    if text(key) not in entries and is_open(target):
        return run.unknown("hasKey", rest_of(target, key))
    return key in entries


def _keys(run: Execution, *targets: Any) -> Any:
    """In order, which Go doesn't promise."""
    if any(is_unknown(target) or is_open(target) for target in targets):
        return run.unknown("keys", *targets)
    run.afford(sum(map(len, map(mapping, targets))))
    return List(key for target in targets for key in sorted(mapping(target)))


def _values(run: Execution, target: Any) -> Any:
    if is_unknown(target) or is_open(target):
        return run.unknown("values", target)
    entries = mapping(target)
    run.afford(len(entries))
    return List(entries[key] for key in sorted(entries))


def _named(values: tuple[Any, ...]) -> list[str]:
    return [text(value) for value in values]


def _pick(run: Execution, target: Any, *keys: Any) -> Any:
    if is_unknown(target) or any(map(is_unknown, keys)):
        return run.unknown("pick", target, *keys)
    entries, made = mapping(target), Map()
    for key in _named(keys):
        if key in entries:
            made[key] = entries[key]
        elif is_open(target):
            return run.unknown("pick", target, *keys)
    return _placed(made, target)


def _omit(run: Execution, target: Any, *keys: Any) -> Any:
    if is_unknown(target) or any(map(is_unknown, keys)):
        return run.unknown("omit", target, *keys)
    entries, left_out = mapping(target), set(_named(keys))
    run.afford(len(entries))
    made = Map({key: value for key, value in entries.items() if key not in left_out})
    if is_open(target):
        made.rest = run.unknown("omit", target.rest, *keys)
    return _placed(made, target)


def _placed(made: Map, source: Any) -> Map:
    if isinstance(source, Map):
        made.places = {key: place for key, place in source.places.items() if key in made}
    return made


def _pluck(run: Execution, key: Any, *targets: Any) -> Any:
    if is_unknown(key) or any(map(is_unknown, targets)):
        return run.unknown("pluck", key, *targets)
    found = []
    for target in targets:
        entries = mapping(target)
        if text(key) in entries:
            found.append(entries[key])
        elif is_open(target):
            return run.unknown("pluck", key, *targets)
    return List(found)


def _dig(run: Execution, *values: Any) -> Any:
    if len(values) < 3:
        raise TemplateError("dig needs at least three arguments")
    *keys, fallback, target = values
    for key in keys:
        if is_unknown(key) or isinstance(target, TemplateHole):
            return run.unknown("dig", *values)
        if not isinstance(target, Mapping):
            raise TemplateError(
                f"interface conversion: interface {{}} is {type_name(target)}, not map[string]interface {{}}"
            )
        if text(key) not in target:
            return run.unknown("dig", *values) if is_open(target) else fallback
        target = target[key]
    return target


def _deep_copy(run: Execution, value: Any) -> Any:
    run.afford(WRITTEN)
    if isinstance(value, Mapping):
        made = Map({key: _deep_copy(run, item) for key, item in value.items()})
        made.rest = value.rest if isinstance(value, Map) else None
        return _placed(made, value)
    if isinstance(value, list):
        copied = List(_deep_copy(run, item) for item in value)
        copied.places = list(value.places) if isinstance(value, List) else []
        return copied
    return value


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "dict": _dict,
    "get": _get,
    "set": _set,
    "unset": _unset,
    "hasKey": _has_key,
    "keys": _keys,
    "values": _values,
    "pick": _pick,
    "omit": _omit,
    "pluck": _pluck,
    "dig": _dig,
    "deepCopy": _deep_copy,
    "mustDeepCopy": _deep_copy,
}
