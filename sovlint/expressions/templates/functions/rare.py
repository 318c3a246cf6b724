"""Dates, decimals, TOML and other functions that decide no destination: what they give isn't worked out here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown
from sovlint.expressions.templates.functions.registry import MODULES
from sovlint.expressions.templates.running import Execution, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.model.value import Reason, Unknown


def _not_worked_out(name: str) -> TemplateFunction:
    """A function whose result is unknown: for the reason of an argument that is, else since it isn't supported."""
    why = Unknown(Reason.UNSUPPORTED_EXPRESSION, name)

    def call(run: Execution, *arguments: Any) -> Any:
        found = run.unknown(name, *arguments)
        return found if any(map(holds_unknown, arguments)) else TemplateHole(why, found.key)

    return call


FUNCTIONS: Mapping[str, TemplateFunction] = {
    name: _not_worked_out(name) for name, module in MODULES.items() if module == "rare"
}
