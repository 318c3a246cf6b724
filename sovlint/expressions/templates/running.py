"""What functions may ask of the template that calls them, and how a call fails."""

from __future__ import annotations

from typing import Any, Protocol

from sovlint.expressions.templates.text import TemplateHole, TemplateHoles


class TemplateError(Exception):
    """A template that Go would refuse, or one that fails when it is executed: ``fail``, ``required``, a wrong type.

    ``line`` and ``column`` are of the file at ``path``, from 1; 0 where a function raises it, which doesn't know them.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.path = path

    def placed(self, path: str, line: int, column: int) -> None:
        """Say where it was raised, unless that has been said."""
        if not self.line:
            self.path, self.line, self.column = path, line, column


class RefusedByTemplateError(TemplateError):
    """A template that fails because it says so (``fail``)."""


class TooCostlyError(TemplateError):
    """A template that would take more time or memory than one is given."""


class Execution(Protocol):
    """One execution of a template, as functions see it."""

    holes: TemplateHoles

    def unknown(self, name: str, *arguments: Any) -> TemplateHole:
        """What a function of that name gives of arguments of which some aren't known: a hole with the cause of the
        first of these, and a key made of the name and of all arguments. A text with holes in it counts as unknown."""
        ...

    def shown(self, value: Any) -> str:
        """A value as Go prints it (``%v``); what isn't known is its character."""
        ...

    def is_true(self, value: Any) -> bool:
        """Whether Go takes a value for true: not zero, not empty. What isn't known is decided, here and everywhere in
        this execution alike; another execution decides it the other way."""
        ...

    def include(self, name: str, data: Any) -> str:
        """The output of another template. Raises ``TemplateError``."""
        ...

    def expand(self, text: str, data: Any) -> str:
        """The output of a text that is a template itself (``tpl``). Raises ``TemplateError``."""
        ...

    def changes(self, entries: dict[str, Any]) -> None:
        """To be called before a function changes a map that it was given (``set``, ``merge``): other executions of the
        template must find it as it was."""
        ...

    def afford(self, cost: int) -> None:
        """Pay for what takes more than a moment: about a unit for a character or an element. Raises
        ``TooCostlyError``."""
        ...


class TemplateFunction(Protocol):
    """A function: it gets the execution, then its arguments. Raises ``TemplateError``."""

    def __call__(self, run: Execution, *arguments: Any) -> Any:
        """What the function gives."""
        ...
