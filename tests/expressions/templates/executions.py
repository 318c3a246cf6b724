"""An execution without a template, for tests of functions alone."""

from __future__ import annotations

from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TooCostlyError
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles
from sovlint.expressions.templates.values_text import shown
from sovlint.model.value import Reason, Unknown


class LoneExecution:
    """Calls functions; what isn't known is decided as the test says."""

    def __init__(self, decided: bool = True, purse: int = 10_000_000) -> None:
        self.holes = TemplateHoles()
        self.decided = decided
        self.purse = purse

    def unknown(self, name: str, *arguments: Any) -> TemplateHole:
        """A hole with a key that names the call."""
        told = ",".join(self.told(argument) for argument in arguments)
        return TemplateHole(Unknown(Reason.UNSET_VARIABLE), f"{name}({told})")

    def told(self, value: Any) -> str:
        """A value with the keys of its holes."""
        text = self.shown(value)
        return "".join(
            f"<{self.holes.hole(each).key}>" if "\ue000" <= each <= "\uf8ff" else each
            for each in text
        )

    def shown(self, value: Any) -> str:
        """As Go prints it."""
        return shown(value, self.holes.character)

    def is_true(self, value: Any) -> bool:
        """Go's truth."""
        return self.decided if holds_unknown(value) else bool(value)

    def include(self, name: str, data: Any) -> str:
        """A template that only tells how it was called."""
        return f"{name}: {self.shown(data)}"

    def expand(self, text: str, data: Any) -> str:
        """Nothing is expanded."""
        return text

    def changes(self, entries: dict[str, Any]) -> None:
        """Nothing is undone."""

    def afford(self, cost: int) -> None:
        """Pay from the purse."""
        self.purse -= cost
        if self.purse < 0:
            raise TooCostlyError("too much")

    def call(self, name: str, *arguments: Any) -> Any:
        """What a function of that name gives."""
        return FUNCTIONS[name](self, *arguments)


def hole(name: str = ".Values.x") -> TemplateHole:
    """Something that isn't known."""
    return TemplateHole(Unknown(Reason.UNSET_VARIABLE), name)
