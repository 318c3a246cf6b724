"""Fields of values: ``.a.b``, as Go's ``text/template`` looks them up."""

from __future__ import annotations

from typing import Any

from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import TemplateHole, is_hole
from sovlint.expressions.templates.values import Map, TemplateObject


def derived(hole: TemplateHole, suffix: str) -> TemplateHole:
    """Something in what isn't known: why it isn't is the same, and what is known of the whole isn't known of it. It is
    named where the whole is named by its key."""
    key = f"{hole.key}{suffix}"
    unknown = hole.unknown.bare()
    named = unknown.detail == hole.key
    return TemplateHole(unknown.but(detail=key) if named else unknown, key)


def hole_in(run: Execution, value: Any) -> TemplateHole | None:
    """The hole that a value is, or is the text of."""
    if isinstance(value, TemplateHole):
        return value
    if isinstance(value, str) and len(value) == 1 and is_hole(value):
        return run.holes.hole(value)
    return None


def field(run: Execution, value: Any, name: str) -> Any:
    """A field of a value that isn't Go's zero ``reflect.Value``. Raises ``TemplateError``."""
    if isinstance(value, dict):
        found = value.get(name)
        if found is None and isinstance(value, Map) and value.rest is not None:
            return None if name in value else derived(value.rest, f".{name}")
        return found
    if isinstance(value, TemplateObject):
        return _member(run, value, name)
    if value is None:
        raise TemplateError(f"nil pointer evaluating interface {{}}.{name}")
    hole = hole_in(run, value)
    if hole is not None:
        return derived(hole, f".{name}")
    raise TemplateError(f"can't evaluate field {name} in type {_kind(value)}")


def call(run: Execution, value: Any, name: str, arguments: list[Any]) -> Any:
    """What a method of a value gives. Raises ``TemplateError``."""
    if isinstance(value, TemplateObject) and name in value.methods:
        return value.methods[name](run, *arguments)
    hole = hole_in(run, value)
    if hole is not None:
        return run.unknown(name, hole, *arguments)
    if value is None:
        raise TemplateError(f"nil pointer evaluating interface {{}}.{name}")
    raise TemplateError(f"{name} is not a method but has arguments")


def _member(run: Execution, value: TemplateObject, name: str) -> Any:
    method = value.methods.get(name)
    if method is not None:
        return method(run)
    if name in value.fields:
        return value.fields[name]
    raise TemplateError(f"can't evaluate field {name} in type {value.printed or 'object'}")


def _kind(value: Any) -> str:
    from sovlint.expressions.templates.values_text import type_name

    return type_name(value)
