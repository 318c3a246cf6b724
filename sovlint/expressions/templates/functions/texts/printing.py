"""``print``, ``println`` and ``printf``, as Go's ``fmt`` has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import afford_text, is_unknown, text
from sovlint.expressions.templates.functions.texts.verbs import Verb, formatted
from sovlint.expressions.templates.running import Execution, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole, has_holes, joined
from sovlint.expressions.templates.values_text import type_name

_VERB = re.compile(
    r"%(?P<flags>[-+# 0]*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d*))?(?:\[(?P<index>[^\]]*)\])?(?P<verb>.)?",
    re.DOTALL,
)
_MAX_WIDTH = 1_000_000


def _shown(run: Execution, value: Any) -> str:
    return run.shown(value)


def _print(run: Execution, *values: Any) -> Any:
    """A space stands between operands neither of which is a text. A hole may be one."""
    made: list[str] = []
    for at, value in enumerate(values):
        before = values[at - 1] if at else ""
        if isinstance(before, str) or isinstance(value, str):
            made.append(_shown(run, value))
        elif isinstance(before, TemplateHole) or isinstance(value, TemplateHole):
            return run.unknown("print", *values)
        else:
            made.append(" " + _shown(run, value))
    return _paid(run, made)


def _println(run: Execution, *values: Any) -> Any:
    return _paid(run, [joined([_shown(run, value) for value in values], " "), "\n"])


def _paid(run: Execution, pieces: list[str]) -> str:
    afford_text(run, sum(map(len, pieces)))
    return joined(pieces)


def _printf(run: Execution, pattern: Any, *values: Any) -> Any:
    if isinstance(pattern, TemplateHole):
        return run.unknown("printf", pattern, *values)
    if has_holes(text(pattern)):
        return run.unknown("printf", pattern, *values)
    writer = _Writer(run, list(values))
    at = 0
    pieces: list[str] = []
    while True:
        start = pattern.find("%", at)
        if start < 0:
            break
        found = _VERB.match(pattern, start)
        assert found is not None
        pieces.append(pattern[at:start])
        pieces.append(writer.write(found))
        at = found.end()
    pieces.append(pattern[at:])
    pieces.append(writer.extra())
    return _paid(run, pieces)


class _Writer:
    """The operands of one ``printf``, taken one after the other."""

    def __init__(self, run: Execution, values: list[Any]) -> None:
        self.run = run
        self.values = values
        self.next = 0
        self.reordered = False

    def write(self, found: re.Match[str]) -> str:
        """What a verb prints."""
        flags = found["flags"]
        width, bad_width = self._size(found["width"])
        precision, bad_precision = self._size(found["precision"])
        if found["precision"] == "":
            precision = 0
        wrong = "%!(BADWIDTH)" * bad_width + "%!(BADPREC)" * bad_precision
        verb = found["verb"]
        if verb is None:
            return wrong + "%!(NOVERB)"
        if verb == "%":
            return wrong + "%"
        if width is not None and width < 0:
            flags, width = flags + "-", -width
        if found["index"] is not None and not self._go_to(found["index"]):
            return f"{wrong}%!{verb}(BADINDEX)"
        if self.next >= len(self.values):
            return f"{wrong}%!{verb}(MISSING)"
        value = self.values[self.next]
        self.next += 1
        how = Verb(verb, flags, width, precision)
        return joined((wrong, self._verb(how, value))) if wrong else self._verb(how, value)

    def _go_to(self, index: str) -> bool:
        """Take the operand of that number next; whether there is one."""
        self.reordered = True
        if not index.isdecimal() or not 0 < int(index) <= len(self.values):
            return False
        self.next = int(index) - 1
        return True

    def _size(self, written: str | None) -> tuple[int | None, bool]:
        if not written:
            return None, False
        if written != "*":
            size = int(written)
            return (size, False) if size <= _MAX_WIDTH else (None, True)
        if self.next >= len(self.values):
            return None, True
        value = self.values[self.next]
        self.next += 1
        good = (
            isinstance(value, int)
            and not isinstance(value, bool)
            and abs(value) <= _MAX_WIDTH
        )
        return (value, False) if good else (None, True)

    def _verb(self, how: Verb, value: Any) -> str:
        """A hole is a text to ``%s`` and anything to ``%v``; elsewhere what is printed of it isn't known."""
        run = self.run
        if isinstance(value, TemplateHole):
            as_it_is = how.verb in "sv" and how.width is None and how.precision is None
            hole = value if as_it_is else run.unknown("printf", str(how), value)
            return run.holes.character(hole)
        if how.is_plain and isinstance(value, str):
            return value
        if is_unknown(value) and (how.verb != "q" or how.width is not None):
            return run.holes.character(run.unknown("printf", str(how), value))
        if how.is_plain and how.verb == "v":
            return run.shown(value)
        afford_text(run, max(how.width or 0, how.precision or 0))
        return formatted(how, value, run.holes.character)

    def extra(self) -> str:
        """What stands behind everything if operands are left over."""
        left = [] if self.reordered else self.values[self.next :]
        if not left:
            return ""
        told = (
            "<nil>" if value is None else f"{type_name(value)}={_shown(self.run, value)}"
            for value in left
        )
        return f"%!(EXTRA {', '.join(told)})"


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "print": _print,
    "println": _println,
    "printf": _printf,
}
