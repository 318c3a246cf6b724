"""Dates, decimals, TOML and other functions that decide no destination: what they give isn't worked out here."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.expressions.templates.functions.outside import unknown_always
from sovlint.expressions.templates.functions.registry import MODULES
from sovlint.expressions.templates.running import TemplateFunction
from sovlint.model.value import Reason

FUNCTIONS: Mapping[str, TemplateFunction] = {
    name: unknown_always(name, Reason.UNSUPPORTED_EXPRESSION)
    for name, module in MODULES.items()
    if module == "rare"
}
