"""Go's ``len``, ``index`` and ``urlquery``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from sovlint.expressions.templates.functions.arguments import (
    data_of,
    holds_unknown,
    is_open,
    is_unknown,
    rest_of,
)
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import TemplateObject
from sovlint.expressions.templates.values_text import type_name


def _len(run: Execution, value: Any) -> Any:
    if is_unknown(value) or is_open(value):
        return run.unknown("len", value)
    if isinstance(value, str):
        return len(value) if value.isascii() else len(data_of(value))
    if isinstance(value, (Mapping, list)):
        return len(value)
    if value is None:
        raise TemplateError("len of nil pointer")
    if isinstance(value, TemplateObject):
        return len(value.fields)
    raise TemplateError(f"len of type {type_name(value)}")


def _index(run: Execution, value: Any, *keys: Any) -> Any:
    for at, key in enumerate(keys):
        if isinstance(value, TemplateHole) or is_unknown(key):
            return run.unknown("index", value, *keys[at:])
        value = _reach(run, value, key)
    return value


def _reach(run: Execution, value: Any, key: Any) -> Any:
    if isinstance(value, TemplateObject):
        value = value.fields
    if isinstance(value, Mapping):
        return _value_of(run, value, key)
    if value is None:
        raise TemplateError("index of untyped nil")
    if isinstance(value, (str, list)):
        return _item_of(run, value, key)
    raise TemplateError(f"can't index item of type {type_name(value)}")


def _value_of(run: Execution, value: Mapping[str, Any], key: Any) -> Any:
    if key is None:
        raise TemplateError("value is nil; should be of type string")
    if not isinstance(key, str):
        raise TemplateError(f"value has type {type_name(key)}; should be string")
    if key not in value and is_open(value):
        return rest_of(value, key)
    return value.get(key)


def _item_of(run: Execution, value: Any, key: Any) -> Any:
    if key is None:
        raise TemplateError("cannot index slice/array with nil")
    if not isinstance(key, int) or isinstance(key, bool):
        raise TemplateError(f"cannot index slice/array with type {type_name(key)}")
    if isinstance(value, str):
        if has_holes(value):
            return run.unknown("index", value, key)
        value = data_of(value)
    if not 0 <= key < len(value):
        raise TemplateError(f"index out of range: {key}")
    return value[key]


def _operands(run: Execution, name: str, values: tuple[Any, ...]) -> Any:
    """What ``print`` makes of the operands; a hole where anything of that isn't known."""
    if any(map(holds_unknown, values)):
        return run.unknown(name, *values)
    made = ""
    values = tuple("<no value>" if value is None else value for value in values)
    for at, value in enumerate(values):
        apart = at and not isinstance(value, str) and not isinstance(values[at - 1], str)
        made += (" " if apart else "") + run.shown(value)
    run.afford(len(made))
    return made


def _url_query(run: Execution, *values: Any) -> Any:
    made = _operands(run, "urlquery", values)
    return made if isinstance(made, TemplateHole) else quote_plus(made, safe="~")


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "len": _len,
    "index": _index,
    "urlquery": _url_query,
}
