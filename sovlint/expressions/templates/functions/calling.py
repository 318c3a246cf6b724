"""``include`` and ``tpl``: the output of another template as a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, text
from sovlint.expressions.templates.running import (
    Execution,
    TemplateError,
    TemplateFunction,
    TooCostlyError,
)
from sovlint.expressions.templates.text import TemplateHole


def _include(run: Execution, name: Any, data: Any) -> Any:
    if is_unknown(name):
        return run.unknown("include", name)
    return run.include(text(name), data)


def _tpl(run: Execution, template: Any, data: Any) -> Any:
    """Holes in a text are taken for texts without actions, unless it can't be read as it is."""
    if isinstance(template, TemplateHole):
        return run.unknown("tpl", template)
    if "{{" not in text(template):
        return template
    if not is_unknown(template):
        return run.expand(template, data)
    try:
        return run.expand(template, data)
    except TooCostlyError:
        raise
    except TemplateError:
        return run.unknown("tpl", template)


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "include": _include,
    "tpl": _tpl,
}
