"""Type constraints of variables: conversion of what a caller gives, with ``optional()`` attributes and defaults."""

from __future__ import annotations

from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import NULL
from sovlint.expressions.lifting import because, lift
from sovlint.expressions.nodes import Call, Expression, ListOf, Literal, ObjectOf, Traversal
from sovlint.expressions.numerals import read
from sovlint.expressions.operators import BOOLS
from sovlint.expressions.sizes import set_of
from sovlint.expressions.texts import text_of
from sovlint.expressions.unify import unified
from sovlint.model.value import Unknown, Value, is_null


def convert(value: Value, constraint: Expression | None, env: Env) -> Value:
    """``value`` as the type constraint makes it; what doesn't fit is left as it is (Terraform would refuse it)."""
    if isinstance(value, Unknown) and not value.among:
        return value
    if isinstance(constraint, Traversal) and not constraint.steps:
        return (
            value
            if constraint.root == "any"
            else lift([value], lambda inner: _primitive(inner, constraint.root))
        )
    if isinstance(constraint, Call) and constraint.arguments:
        inner = constraint.arguments[0]
        return because(
            lift([value], lambda item: _collection(item, constraint.name, inner, env)),
            value.because,
        )
    return value


def _primitive(value: object, kind: str) -> object:
    if kind == "string":
        text = text_of(value)
        return value if text is None else text
    if kind == "number" and isinstance(value, str):
        number = read(value)
        return value if number is None else number
    return BOOLS.get(value, value) if kind == "bool" and isinstance(value, str) else value


def _collection(value: object, kind: str, inner: Expression, env: Env) -> object:
    if kind in ("list", "set") and isinstance(value, tuple):
        items = _alike([convert(item, inner, env) for item in value], inner)
        return set_of(items) if kind == "set" else tuple(items)
    if (
        kind == "tuple"
        and isinstance(value, tuple)
        and isinstance(inner, ListOf)
        and len(inner.items) == len(value)
    ):
        return tuple(
            convert(item, each, env) for item, each in zip(value, inner.items, strict=True)
        )
    if kind == "map" and isinstance(value, dict):
        items = _alike([convert(item, inner, env) for item in value.values()], inner)
        return dict(zip(value, items, strict=True))
    if kind == "object" and isinstance(value, dict) and isinstance(inner, ObjectOf):
        return _object(value, inner, env)
    return value


def _alike(items: list[Value], constraint: Expression) -> list[Value]:
    """Elements of a collection of ``any``: any one type."""
    if not (isinstance(constraint, Traversal) and constraint.root == "any"):
        return items
    found = unified(items)
    return found or items


def _object(value: dict[str, Value], shape: ObjectOf, env: Env) -> dict[str, Value]:
    built: dict[str, Value] = {}
    for key, constraint in shape.pairs:
        name = str(key.value) if isinstance(key, Literal) else ""
        default: Expression | None = None
        if (
            isinstance(constraint, Call)
            and constraint.name == "optional"
            and constraint.arguments
        ):
            default = constraint.arguments[1] if len(constraint.arguments) > 1 else None
            constraint = constraint.arguments[0]
        given = value.get(name, NULL)
        if default is not None and is_null(given):
            given = evaluate(default, env)
        built[name] = convert(given, constraint, env)
    return built
