"""Templates rendered with a few functions of the tests' own, and values of which some aren't known."""

from __future__ import annotations

from typing import Any

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import RenderedTemplate, TemplateSet
from sovlint.expressions.templates.text import TemplateHole, is_hole
from sovlint.expressions.templates.values import Map
from sovlint.model.value import Reason, Unknown

PATH = "chart/templates/a.yaml"


def _equal(run: Execution, one: Any, other: Any) -> Any:
    if isinstance(one, TemplateHole) or isinstance(other, TemplateHole):
        return run.unknown("eq", one, other)
    return one == other


def _fail(run: Execution, message: str) -> Any:
    raise TemplateError(message)


def _expand(run: Execution, text: Any, data: Any) -> Any:
    return (
        run.unknown("tpl", text) if isinstance(text, TemplateHole) else run.expand(text, data)
    )


def _set(run: Execution, entries: Map, key: str, value: Any) -> Map:
    run.changes(entries)
    entries[key] = value
    return entries


def _repeat(run: Execution, count: int, text: str) -> str:
    run.afford(count * len(text))
    return text * count


FUNCTIONS: dict[str, Any] = {
    "include": lambda run, name, data: run.include(name, data),
    "tpl": _expand,
    "quote": lambda run, value: f'"{run.shown(value)}"',
    "print": lambda run, *values: "".join(map(run.shown, values)),
    "upper": lambda run, text: text.upper(),
    "list": lambda run, *values: list(values),
    "dict": lambda run, *pairs: Map(dict(zip(pairs[::2], pairs[1::2], strict=True))),
    "eq": _equal,
    "fail": _fail,
    "set": _set,
    "repeat": _repeat,
}


def hole(name: str) -> TemplateHole:
    """Something that isn't known."""
    return TemplateHole(Unknown(Reason.TEMPLATED, name), name)


def mapped(value: Any) -> Any:
    """A value with maps that templates know."""
    if isinstance(value, dict) and not isinstance(value, Map):
        return Map({key: mapped(each) for key, each in value.items()})
    return [mapped(each) for each in value] if isinstance(value, list) else value


def worlds(text: str, work: int = 1_000_000, **values: Any) -> list[RenderedTemplate]:
    """All that a template makes of values, which it finds under ``.Values``."""
    templates = TemplateSet([TemplateSource("a", PATH, text)], FUNCTIONS)
    for error in templates.failures.values():
        raise error
    return list(templates.render("a", Map({"Values": mapped(values)}), Purse(work, 0, [0])))


def readable(made: RenderedTemplate) -> str:
    """What was written, with ``<name>`` for what isn't known."""
    return "".join(
        f"<{made.holes.hole(each).key}>" if is_hole(each) else each for each in made.text
    )


def rendered(text: str, **values: Any) -> str:
    """What a template makes where only one way is possible."""
    (made,) = worlds(text, **values)
    if made.error is not None:
        raise made.error
    return readable(made)


def ways(text: str, **values: Any) -> dict[str, dict[str, bool]]:
    """What a template may make, each with what that supposes."""
    return {
        "error: " + made.error.message if made.error else readable(made): {
            hole.key: side for hole, side in made.assumed
        }
        for made in worlds(text, **values)
    }


def refusal(text: str, **values: Any) -> tuple[str, int, int]:
    """Why a template can't be read or executed, with line and column."""
    try:
        rendered(text, **values)
    except TemplateError as error:
        return error.message, error.line, error.column
    raise AssertionError("it isn't refused")
