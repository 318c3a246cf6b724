"""Expressions of Jinja -> values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from jinja2 import nodes

from sovlint.expressions.jinja.filters import FILTERS
from sovlint.expressions.jinja.methods import method
from sovlint.expressions.jinja.tests import TESTS
from sovlint.expressions.jinja.values import (
    NotThere,
    UnsetHole,
    as_hole,
    holds_unknown,
    is_unknown,
    known_number,
    unset,
)
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.limits import STEP
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.text import TemplateHole, joined
from sovlint.expressions.templates.values import List, Map

MISSING: Final = object()
"""What a scope gives for a name that it doesn't have."""
_ARITHMETIC: Final[Mapping[type[nodes.Node], Callable[[Any, Any], Any]]] = {
    nodes.Sub: operator.sub, nodes.Mul: operator.mul, nodes.Div: operator.truediv,
    nodes.FloorDiv: operator.floordiv, nodes.Mod: operator.mod,
}  # fmt: skip
_COMPARED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
}  # fmt: skip
_LARGEST: Final = 10**15


class JinjaScope(Protocol):
    """What names mean where an expression stands."""

    def value(self, name: str, run: TemplateRun) -> Any:
        """The value of a variable; ``MISSING`` where nothing here gives it one. Raises ``TemplateError``."""
        ...

    def call(
        self, name: str, run: TemplateRun, arguments: list[Any], named: Mapping[str, Any]
    ) -> Any:
        """What a function gives (``lookup``); ``MISSING`` for one that isn't known."""
        ...

    def template(self, name: str) -> tuple[str, str] | None:
        """The path and the text of a template that another one includes; ``None`` where it isn't here."""
        ...


class JinjaEvaluator:
    """Evaluates the expressions of one text. ``frames``: what names mean that the text sets itself, the innermost
    last."""

    def __init__(self, run: TemplateRun, scope: JinjaScope) -> None:
        self.run = run
        self.scope = scope
        self.frames: list[dict[str, Any]] = [{}]

    def value(self, node: nodes.Node) -> Any:
        """What an expression gives. Raises ``TemplateError``."""
        self.run.afford(STEP)
        evaluate = _EVALUATED.get(type(node))
        if evaluate is None:
            return self.run.unknown(type(node).__name__)
        return evaluate(self, node)

    def is_true(self, node: nodes.Node) -> bool:
        """Whether a condition holds; what isn't known is decided."""
        return self.holds(self.value(node))

    def holds(self, value: Any) -> bool:
        """Whether Jinja takes a value for true."""
        return self.run.is_true(as_hole(value) if isinstance(value, NotThere) else value)

    def name(self, name: str) -> Any:
        """What a name means."""
        for frame in reversed(self.frames):
            if name in frame:
                return frame[name]
        found = self.scope.value(name, self.run)
        return unset(name) if found is MISSING else found

    def _name(self, node: nodes.Name) -> Any:
        return self.name(node.name)

    def _const(self, node: nodes.Const) -> Any:
        return node.value

    def _attribute(self, node: nodes.Getattr) -> Any:
        return self._of(self.value(node.node), node.attr)

    def _item(self, node: nodes.Getitem) -> Any:
        if isinstance(node.arg, nodes.Slice):
            return self._sliced(self.value(node.node), node.arg)
        return self._of(self.value(node.node), self.value(node.arg))

    def _of(self, value: Any, key: Any) -> Any:
        """What a value has at a key or an index."""
        if isinstance(value, UnsetHole) and not is_unknown(key):
            return unset(f"{value.unknown.detail}.{key}")
        if isinstance(value, NotThere):
            return NotThere(f"{value.name}.{key}")
        if isinstance(value, TemplateHole) or is_unknown(key):
            return self.run.unknown("item", value, key)
        if isinstance(value, Map):
            if isinstance(key, str) and key in value:
                return value[key]
            return (
                NotThere(str(key))
                if value.rest is None
                else self.run.unknown("item", value.rest, key)
            )
        if isinstance(value, list) and isinstance(key, int):
            return value[key] if -len(value) <= key < len(value) else NotThere(str(key))
        return NotThere(str(key))

    def _sliced(self, value: Any, node: nodes.Slice) -> Any:
        ends = [
            None if each is None else self.value(each)
            for each in (node.start, node.stop, node.step)
        ]
        known = all(
            each is None or (isinstance(each, int) and each) or each == 0 for each in ends
        )
        if (
            not known
            or ends[2] == 0
            or isinstance(value, (TemplateHole, NotThere))
            or is_unknown(value)
        ):
            return self.unknown("slice", value, *ends)
        cut = slice(*ends)
        if isinstance(value, list):
            return List(value[cut])
        return value[cut] if isinstance(value, str) else self.run.unknown("slice", value)

    def _filter(self, node: nodes.Filter) -> Any:
        if node.node is None:
            raise TemplateError(f"{node.name} has nothing to be applied to", node.lineno)
        return self.filtered(node.name, self.value(node.node), node)

    def filtered(self, name: str, value: Any, node: nodes.Filter) -> Any:
        """What a filter makes of a value."""
        arguments, named = self._arguments(node)
        apply = FILTERS.get(name.rpartition(".")[2])
        try:
            if apply is not None:
                return apply(self.run, value, *arguments, **named)
        except (TypeError, ValueError, OverflowError):
            pass  # called otherwise than is known here
        return self.unknown(name, value, *arguments)

    def _test(self, node: nodes.Test) -> Any:
        value = self.value(node.node)
        arguments, named = self._arguments(node)
        apply = TESTS.get(node.name.rpartition(".")[2])
        try:
            if apply is not None:
                return apply(self.run, value, *arguments, **named)
        except (TypeError, ValueError):
            pass
        return self.unknown(f"is {node.name}", value, *arguments)

    def unknown(self, name: str, *values: Any) -> TemplateHole:
        """What something gives that isn't known here."""
        known = [as_hole(each) if isinstance(each, NotThere) else each for each in values]
        return self.run.unknown(name, *known)

    def _arguments(
        self, node: nodes.Filter | nodes.Test | nodes.Call
    ) -> tuple[list[Any], dict[str, Any]]:
        arguments = [self.value(each) for each in node.args]
        if node.dyn_args is not None:
            more = self.value(node.dyn_args)
            arguments += more if isinstance(more, list) else [more]
        named = {str(each.key): self.value(each.value) for each in node.kwargs}
        return arguments, named

    def _call(self, node: nodes.Call) -> Any:
        arguments, named = self._arguments(node)
        called = node.node
        if isinstance(called, nodes.Name):
            own = next(
                (each[called.name] for each in reversed(self.frames) if called.name in each),
                None,
            )
            if callable(own):
                return own(*arguments, **named)
            found = self._function(called.name, arguments, named)
            return self.unknown(called.name, *arguments) if found is MISSING else found
        if isinstance(called, nodes.Getattr):
            on = self.value(called.node)
            found = method(self.run, on, called.attr, arguments)
            return self.unknown(called.attr, on, *arguments) if found is None else found
        return self.unknown("call", *arguments)

    def _function(self, name: str, arguments: list[Any], named: Mapping[str, Any]) -> Any:
        if name in ("dict", "namespace") and not arguments:
            return Map(named)
        if name == "range" and arguments and all(isinstance(each, int) for each in arguments):
            numbers = range(*arguments[:3]) if 0 not in arguments[2:3] else range(0)
            self.run.afford(STEP * len(numbers))
            return List(numbers)
        return self.scope.call(name, self.run, arguments, named)

    def _either(self, node: nodes.CondExpr) -> Any:
        if self.is_true(node.test):
            return self.value(node.expr1)
        return NotThere("else") if node.expr2 is None else self.value(node.expr2)

    def _and(self, node: nodes.And) -> Any:
        left = self.value(node.left)
        return self.value(node.right) if self.holds(left) else left

    def _or(self, node: nodes.Or) -> Any:
        left = self.value(node.left)
        return left if self.holds(left) else self.value(node.right)

    def _not(self, node: nodes.Not) -> Any:
        return not self.is_true(node.node)

    def _compare(self, node: nodes.Compare) -> Any:
        left = self.value(node.expr)
        for each in node.ops:
            right = self.value(each.expr)
            said = self._compared(each.op, left, right)
            if said is False or isinstance(said, TemplateHole):
                return said
            left = right
        return True

    def _compared(self, by: str, left: Any, right: Any) -> Any:
        if by in ("in", "notin"):
            return self._held(left, right, by == "in")
        if holds_unknown(self.run, left) or holds_unknown(self.run, right):
            return self.unknown(by, left, right)
        try:
            return bool(_COMPARED[by](left, right))
        except TypeError:
            return self.unknown(by, left, right)

    def _held(self, value: Any, within: Any, wanted: bool) -> Any:
        surely = isinstance(within, (Map, list)) and not is_unknown(value) and value in within
        if surely:
            return wanted
        if holds_unknown(self.run, value) or holds_unknown(self.run, within):
            return self.unknown("in" if wanted else "not in", value, within)
        if isinstance(within, str):
            return (isinstance(value, str) and value in within) is wanted
        return not wanted

    def _added(self, node: nodes.Add) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, list) and isinstance(right, list):
            return List([*left, *right])
        if isinstance(left, str) and isinstance(right, str):
            return joined((left, right))
        if known_number(left) and known_number(right):
            return left + right
        return self.unknown("+", left, right)

    def _arithmetic(self, node: nodes.BinExpr) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        small = all(known_number(each) and abs(each) < _LARGEST for each in (left, right))
        if small and not (right == 0 and not isinstance(node, (nodes.Sub, nodes.Mul))):
            return _ARITHMETIC[type(node)](left, right)
        return self.unknown(type(node).__name__, left, right)

    def _negated(self, node: nodes.Neg) -> Any:
        value = self.value(node.node)
        return -value if known_number(value) else self.unknown("-", value)

    def _concatenated(self, node: nodes.Concat) -> Any:
        return joined(self.printed(self.value(each)) for each in node.nodes)

    def _list(self, node: nodes.List | nodes.Tuple) -> Any:
        return List(self._part(each) for each in node.items)

    def _part(self, node: nodes.Node) -> Any:
        """What stands in a list or a map."""
        value = self.value(node)
        return as_hole(value) if isinstance(value, NotThere) else value

    def _map(self, node: nodes.Dict) -> Any:
        pairs = [(self.value(each.key), self._part(each.value)) for each in node.items]
        made = Map({str(key): value for key, value in pairs if not is_unknown(key)})
        unknown = next((key for key, _ in pairs if is_unknown(key)), None)
        if unknown is not None:
            made.rest = self.unknown("key", unknown)
        return made

    def _template_data(self, node: nodes.TemplateData) -> Any:
        return str(node.data)

    def printed(self, value: Any) -> str:
        """A value as a template writes it. What has parts is written so that YAML reads the same."""
        if isinstance(value, NotThere):
            value = as_hole(value)
        if isinstance(value, (str, TemplateHole)):
            return self.run.shown(value)
        if value is None or isinstance(value, bool):
            return str(value)
        if isinstance(value, (Map, list)):
            return (
                FILTERS["to_json"](self.run, value)
                if value
                else ("[]" if isinstance(value, list) else "{}")
            )
        return (
            str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        )


_EVALUATED: Final[Mapping[type[nodes.Node], Callable[[JinjaEvaluator, Any], Any]]] = {
    nodes.Const: JinjaEvaluator._const,
    nodes.Name: JinjaEvaluator._name,
    nodes.Getattr: JinjaEvaluator._attribute,
    nodes.Getitem: JinjaEvaluator._item,
    nodes.Filter: JinjaEvaluator._filter,
    nodes.Test: JinjaEvaluator._test,
    nodes.Call: JinjaEvaluator._call,
    nodes.CondExpr: JinjaEvaluator._either,
    nodes.And: JinjaEvaluator._and,
    nodes.Or: JinjaEvaluator._or,
    nodes.Not: JinjaEvaluator._not,
    nodes.Compare: JinjaEvaluator._compare,
    nodes.Add: JinjaEvaluator._added,
    nodes.Sub: JinjaEvaluator._arithmetic,
    nodes.Mul: JinjaEvaluator._arithmetic,
    nodes.Div: JinjaEvaluator._arithmetic,
    nodes.FloorDiv: JinjaEvaluator._arithmetic,
    nodes.Mod: JinjaEvaluator._arithmetic,
    nodes.Neg: JinjaEvaluator._negated,
    nodes.Concat: JinjaEvaluator._concatenated,
    nodes.List: JinjaEvaluator._list,
    nodes.Tuple: JinjaEvaluator._list,
    nodes.Dict: JinjaEvaluator._map,
    nodes.TemplateData: JinjaEvaluator._template_data,
}
