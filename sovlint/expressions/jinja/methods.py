"""Methods of texts, lists and maps that templates call: ``x.items()``, ``x.split(",")``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sovlint.expressions.jinja.values import NotThere, holds_unknown
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.values import List, Map

_OF_TEXTS: Final[Mapping[str, Callable[..., Any]]] = {
    "split": lambda text, *by: List(text.split(*by)), "strip": str.strip, "lower": str.lower, "upper": str.upper,
    "startswith": str.startswith, "endswith": str.endswith, "replace": str.replace, "rstrip": str.rstrip,
    "lstrip": str.lstrip, "splitlines": lambda text: List(text.splitlines()),
}  # fmt: skip


def method(run: TemplateRun, on: Any, name: str, arguments: list[Any]) -> Any:
    """What a method gives; ``None`` where that isn't known here."""
    if isinstance(on, Map) and on.rest is None:
        return _of_map(on, name, arguments)
    if isinstance(on, str) and name in _OF_TEXTS:
        if holds_unknown(run, [on, *arguments]):
            return None
        try:
            return _OF_TEXTS[name](str(on), *arguments)
        except (TypeError, ValueError):
            return None
    return None


def _of_map(on: Map, name: str, arguments: list[Any]) -> Any:
    if name == "items":
        return List(List((key, value)) for key, value in on.items())
    if name == "keys":
        return List(on)
    if name == "values":
        return List(on.values())
    if name == "get" and arguments and isinstance(arguments[0], str):
        there = on.get(arguments[0], arguments[1] if len(arguments) > 1 else None)
        return NotThere(arguments[0]) if there is None else there
    return None
