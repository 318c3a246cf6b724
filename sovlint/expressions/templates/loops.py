"""What ``range`` goes through, as Go does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sovlint.expressions.templates.fields import derived, hole_in
from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map, TemplateObject

Turns = Iterable[tuple[Any, Any]]
"""Keys and elements."""


class BreakLoop(Exception):  # noqa: N818
    """``break``: ends the innermost loop."""


class ContinueLoop(Exception):  # noqa: N818
    """``continue``: ends this turn of the innermost loop."""


def rounds(run: Execution, value: Any, has_key: bool) -> Turns:
    """The turns of a loop. What isn't known has none, or one that stands for all. Raises ``TemplateError``."""
    if value is None:
        return ()
    if isinstance(value, TemplateObject):
        value = value.fields
    if isinstance(value, Mapping):
        return _of_map(run, value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(enumerate(value))
    hole = hole_in(run, value)
    if hole is not None:
        return _of_hole(hole) if run.is_true(hole) else ()
    if isinstance(value, int) and not isinstance(value, bool):
        if has_key:
            raise TemplateError(f"can't use {value} to iterate over more than one variable")
        return ((number, number) for number in range(value))
    raise TemplateError(f"range can't iterate over {run.shown(value)[:80]}")


def _of_hole(hole: TemplateHole) -> Turns:
    return ((derived(hole, "[#]"), derived(hole, "[*]")),)


def _of_map(run: Execution, value: Mapping[str, Any]) -> Turns:
    turns: list[tuple[Any, Any]] = [(key, value[key]) for key in sorted(value)]
    if isinstance(value, Map) and value.rest is not None:
        rest = derived(value.rest, "[...]")
        if run.is_true(rest):
            turns.extend(_of_hole(rest))
    return turns
