"""One execution of a template: what functions may ask, what has been decided, and what it may still cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates import keys
from sovlint.expressions.templates.granted import USUAL, Situation, made_of
from sovlint.expressions.templates.limits import CALL, MAX_CALLS
from sovlint.expressions.templates.output import (
    NO_VALUE,
    WrittenPiece,
    assembled,
    without_no_value,
)
from sovlint.expressions.templates.running import (
    RefusedByTemplateError,
    TemplateError,
    TooCostlyError,
)
from sovlint.expressions.templates.store import TemplateStore
from sovlint.expressions.templates.text import (
    PlacedText,
    TemplateHole,
    TemplateHoles,
    is_hole,
)
from sovlint.expressions.templates.values import Map, TemplateObject
from sovlint.model.value import Reason, Unknown

Assumption = tuple[TemplateHole, bool]
Change = tuple[dict[str, Any], dict[str, Any], Any]
"""A map that is changed, and what it had before: its entries, and why it may have more."""


class TemplateRun:
    """See ``Execution``. ``fixed``: what is decided already, in the order in which it will be asked. ``trail``: all that
    has been decided, in order. ``situation``: where
    the template is used."""

    __slots__ = (
        "_beforehand",
        "_changed",
        "_decided",
        "_depth",
        "_fixed",
        "forgiving",
        "holes",
        "journal",
        "purse",
        "store",
        "trail",
    )

    def __init__(
        self,
        store: TemplateStore,
        holes: TemplateHoles,
        purse: Purse,
        fixed: Sequence[bool],
        forgiving: bool = False,
        situation: Situation = USUAL,
    ) -> None:
        self.forgiving = forgiving
        self._beforehand = situation.side
        self.holes = holes
        self.store = store
        self.purse = purse
        self.trail: list[Assumption] = []
        self.journal: list[Change] = []
        self._changed: set[int] = set()
        self._fixed = fixed
        self._decided: dict[str, bool] = {}
        self._depth = 0

    def unknown(self, name: str, *arguments: Any) -> TemplateHole:
        """See ``Execution``."""
        cause = keys.first_hole(arguments, self.holes)
        key = keys.made_by(name, arguments, self.holes)
        if cause is None:
            return TemplateHole(Unknown(Reason.COMPUTED_AT_APPLY, name), key)
        return TemplateHole(made_of(cause.unknown, name, arguments, self.holes), key)

    def shown(self, value: Any) -> str:
        """See ``Execution``."""
        if isinstance(value, str):
            return value
        if isinstance(value, TemplateHole):
            return self.holes.character(value)
        from sovlint.expressions.templates.values_text import (
            shown,
        )  # imported late: most print texts alone

        if isinstance(value, keys.COLLECTIONS):
            keys.pay_for(value, self.afford)
        return shown(value, self.holes.character)

    def printed(self, value: Any) -> str:
        """What an action writes."""
        return NO_VALUE if value is None else self.shown(value)

    def is_true(self, value: Any) -> bool:
        """See ``Execution``."""
        if isinstance(value, TemplateHole):
            return self._decide(value)
        if isinstance(value, str):
            return bool(value) and self._is_text_true(value)
        if isinstance(value, TemplateObject):
            return bool(value.fields)
        if isinstance(value, Map) and not value and value.rest is not None:
            return self._decide(value.rest)
        return bool(value)

    def _is_text_true(self, text: str) -> bool:
        """Whether a text is longer than nothing. One of holes alone may not be."""
        if text.isascii() or not all(map(is_hole, text)):
            return True
        return any(self._decide(self.holes.hole(each)) for each in text)

    def _decide(self, hole: TemplateHole) -> bool:
        side = self._decided.get(hole.key)
        if side is None:
            side = self._beforehand(hole.key)
            if side is not None:
                return side
            number = len(self.trail)
            side = self._fixed[number] if number < len(self._fixed) else True
            self._decided[hole.key] = side
            self.trail.append((hole, side))
        return side

    def made_up_for(self, error: TemplateError, culprit: str) -> Any:
        """What stands for the value of a pipeline that fails, where that is forgiven: whoever uses the template gives
        it what it lacks, and what that is isn't known. One that refuses what it is given says nothing then, unless what
        it is given was assumed. Raises ``TemplateError``."""
        if not self.forgiving or isinstance(error, TooCostlyError):
            raise error
        if not isinstance(error, RefusedByTemplateError):
            key = f"{culprit}@{error.path}:{error.line}:{error.column}"
            return TemplateHole(Unknown(Reason.UNSET_VARIABLE, culprit), key)
        if self.trail:
            raise error
        return ""

    def changes(self, entries: dict[str, Any]) -> None:
        """See ``Execution``."""
        if id(entries) not in self._changed:
            self._changed.add(id(entries))
            self.journal.append((entries, dict(entries), _rest(entries)))

    def afford(self, cost: int) -> None:
        """See ``Execution``."""
        if not self.purse.take(cost):
            raise TooCostlyError("more work than a template is given")

    def invoke(self, name: str, data: Any, pieces: list[WrittenPiece]) -> None:
        """Write what another template makes. Raises ``TemplateError``."""
        template = self.store.template(name)
        if template is None:
            raise TemplateError(f'template "{name}" not defined')
        if self._depth >= MAX_CALLS:
            raise TooCostlyError(
                f'more than {MAX_CALLS} templates within each other: "{name}"'
            )
        self.afford(template.cost + CALL)
        self._depth += 1
        try:
            template.run(template.frame(self, pieces, data), data)
        except RecursionError:
            raise TooCostlyError(f'"{name}" is called too deep within others') from None
        finally:
            self._depth -= 1

    def include(self, name: str, data: Any) -> str:
        """See ``Execution``."""
        pieces: list[WrittenPiece] = []
        self.invoke(name, data, pieces)
        return assembled(pieces)

    def expand(self, text: str, data: Any) -> str:
        """See ``Execution``."""
        if "{{" not in text:
            return self.expanded(text)
        self.afford(len(text))
        outer = self.store
        try:
            self.store, name = outer.with_text(text)
            return without_no_value(assembled_in(self, name, data))
        except TemplateError as error:
            # Where nobody knows where the text is written, it is wherever it is expanded.
            if not error.path:
                error.line = 0
            raise
        finally:
            self.store = outer

    def expanded(self, text: str) -> str:
        """A text without actions, as it is expanded. What isn't known in it may have some, and so becomes unknown."""
        if text.isascii():
            return text
        expanded = "".join(
            self.holes.character(self.unknown("tpl", self.holes.hole(each)))
            if is_hole(each)
            else each
            for each in text
        )
        if not isinstance(text, PlacedText):
            return expanded
        return PlacedText.of(expanded, text.origins)


def assembled_in(run: TemplateRun, name: str, data: Any) -> PlacedText:
    """What a template makes, with its origins. Raises ``TemplateError``."""
    pieces: list[WrittenPiece] = []
    run.invoke(name, data, pieces)
    return assembled(pieces)


def restored(journal: Sequence[Change]) -> list[Change]:
    """Give maps that were changed what they had before. Gives what they had by then, to be restored in turn."""
    changed = [(entries, dict(entries), _rest(entries)) for entries, _, _ in journal]
    for entries, before, rest in journal:
        entries.clear()
        entries.update(before)
        if isinstance(entries, Map):
            entries.rest = rest
    return changed


def _rest(entries: dict[str, Any]) -> Any:
    return entries.rest if isinstance(entries, Map) else None
