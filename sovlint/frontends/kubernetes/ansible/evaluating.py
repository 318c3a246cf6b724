"""Parts of tasks worked out: conditions, loops, texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from sovlint.documents.tree import Node, is_list, text
from sovlint.expressions.jinja.evaluation import JinjaEvaluator
from sovlint.expressions.jinja.parsing import expression
from sovlint.expressions.jinja.ways import TriedWay, ways
from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import List, Map
from sovlint.frontends.kubernetes.ansible.contexts import TaskContext
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

T = TypeVar("T")

WORK: Final = 1_000_000
"""What working out one task may cost."""
MOST_ITEMS: Final = 200
"""A loop of more things is gone through so many times."""


def every_way(
    context: TaskContext, evaluate: Callable[[TemplateRun], T], most: int = 8
) -> list[TriedWay[T]]:
    """Something worked out in each way in which what isn't known may decide."""
    return list(ways(evaluate, context.holes, Purse(WORK, 0, [0]), most))


def values_of(context: TaskContext, node: Node, most: int = 4) -> list[Any]:
    """All that a tree may come to; nothing where it can't be worked out."""
    scope = context.scope
    found = every_way(context, lambda run: scope.evaluated(node, run), most)
    return [each.result for each in found if each.error is None]


def plain_text(context: TaskContext, node: Node | None) -> str | None:
    """A text that is known; ``None`` for one that isn't, and where there is none."""
    if node is None:
        return None
    found = values_of(context, node, 2)
    if (
        len(found) != 1
        or not isinstance(found[0], (str, int, float))
        or isinstance(found[0], bool)
    ):
        return None
    return None if isinstance(found[0], str) and has_holes(found[0]) else str(found[0])


def holds(context: TaskContext, condition: Node | None) -> bool | Unknown:
    """Whether conditions hold (``when``), or why that isn't known."""
    if condition is None:
        return True
    parts = condition.value if is_list(condition) else [condition]
    scope = context.scope

    def evaluate(run: TemplateRun) -> bool:
        return all(_holds(run, part) for part in parts)

    def _holds(run: TemplateRun, part: Node) -> bool:
        if not isinstance(part.value, str):
            return run.is_true(part.value)
        written = text(part).strip()
        if written.startswith("{{") and written.endswith("}}"):
            written = written[2:-2]
        return JinjaEvaluator(run, scope).is_true(expression(written)) if written else True

    found = every_way(context, evaluate)
    if all(each.error is None and each.result is True for each in found):
        return True
    beyond = any(each.beyond for each in found)
    if not beyond and all(each.error is None and each.result is False for each in found):
        return False
    step = Step(condition.where, Note("kubernetes.written"))
    assumed = next((each.assumed[0][0].unknown for each in found if each.assumed), None)
    detail = text(parts[0]) if parts else "when"
    return Unknown(Reason.TEMPLATED, detail, step) if assumed is None else assumed.bare()


def turns(
    context: TaskContext, task: dict[str, Node]
) -> Iterator[tuple[dict[str, Any] | None, Unknown | None]]:
    """The variables of each turn of a task's loop, and why there may be none; one turn where it has no loop."""
    key = next((key for key in task if key in _LOOPS or key.startswith("with_")), None)
    if key is None:
        yield None, None
        return
    name, where = _loop_name(task), task[key].where
    unknown = Unknown(Reason.TEMPLATED, key, Step(where, Note("kubernetes.written")))
    more = {name: TemplateHole(unknown, f"each:{where.path}:{where.line}")}
    found = values_of(context, task[key], 2)
    for value in found:
        items = _items(key, value)
        for item in (items or ())[:MOST_ITEMS]:
            yield {name: item}, None if len(found) == 1 else unknown
        if isinstance(value, TemplateHole):
            hole = TemplateHole(value.unknown.bare(), f"each({value.key})")
            yield {name: hole}, value.unknown.bare()
        elif items is None or len(items) > MOST_ITEMS:
            yield more, unknown
    if not found:
        yield more, unknown


_LOOPS: Final = ("loop",)


def _loop_name(task: dict[str, Node]) -> str:
    control = task.get("loop_control")
    named = (
        control.value.get("loop_var")
        if control is not None and isinstance(control.value, dict)
        else None
    )
    return text(named) or "item"


def _items(key: str, value: Any) -> list[Any] | None:
    """What a loop goes through; ``None`` where that isn't known."""
    if key == "with_dict" and isinstance(value, Map) and value.rest is None:
        return [Map({"key": name, "value": item}) for name, item in value.items()]
    if key in ("loop", "with_list") and isinstance(value, list):
        return list(value)
    if key in ("with_items", "with_flattened"):
        listed = (
            value
            if isinstance(value, list)
            else None
            if isinstance(value, TemplateHole)
            else [value]
        )
        return None if listed is None else [each for item in listed for each in _flat(item)]
    return None


def _flat(item: Any) -> list[Any]:
    return list(item) if isinstance(item, (List, list)) else [item]
