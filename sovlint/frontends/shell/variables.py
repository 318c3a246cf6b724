"""Texts with holes in them, and the variables that a script reads and sets while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from sovlint.frontends.addresses import plain
from sovlint.model.partial.holes import HOLE, cut_text, holes_of, marked_parts
from sovlint.model.source import Located
from sovlint.model.value import Because, Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.destination import Setting

MAX_CALLS = 20
"""Scripts in files that are followed: one may call itself, many times."""
MAX_VARIABLE = 1_000
MAX_WORD = 10_000
"""Longer ones are no addresses, and aren't kept: a variable can be doubled again and again."""


class ScriptPlace(Struct, frozen=True):
    """Where a script is written. ``lines``: where each of its lines is (from 0), if that can be told."""

    where: Located
    because: Because
    lines: Callable[[int], Located] | None = None

    def at(self, line: int) -> tuple[Located, Because]:
        """Where a line is, and the chain of what it says."""
        if self.lines is None or self.because is None:
            return self.where, self.because
        where = self.lines(line)
        return where, Step(where, self.because.note)


class Text(Struct):
    """A text that is put together: ``HOLE`` stands for what isn't known, ``doubt`` says why."""

    text: str = ""
    doubt: Unknown | None = None
    sensitive: bool = False
    is_default: bool = False
    """Whether a part of it is what a variable has where nobody sets it."""
    quoted: bool = False
    """Whether its first character was: then it is no keyword, assignment or comment."""
    holes: tuple[Unknown, ...] = ()
    """What stands at each hole; fewer than there are where that isn't known."""

    def add(self, value: Text) -> None:
        """Append another one."""
        fits = len(self.text) + len(value.text) <= MAX_WORD
        self.text = self.text + value.text if fits else HOLE
        self.holes = self.holes + value.holes if fits else ()
        self.doubt = value.doubt if self.doubt is None else self.doubt
        self.sensitive = self.sensitive or value.sensitive
        self.is_default = self.is_default or value.is_default

    def after(self, count: int) -> Text:
        """The same without its first characters."""
        return replace(self, text=self.text[count:], quoted=True)

    def value(self, because: Because) -> Value:
        """As a value, with the chain of what it was read from."""
        if self.is_default and because is not None:
            because = Step(
                because.where, because.note, because.parents, kind=StepKind.DEFAULT
            )
        if HOLE not in self.text:
            return Known(self.text, because, self.sensitive)
        doubt = nowhere("$(...)") if self.doubt is None else self.doubt
        parts, sensitive = marked_parts(self.text), self.sensitive or doubt.sensitive
        value = doubt.but(
            because=because, parts=parts, among=None, sensitive=sensitive, holes=self.holes
        )
        return cut_text(
            value, lambda text: text
        )  # what stands in a hole may answer at the whole, or not


def text_of(value: Value) -> Text:
    """A value as a text; a hole where nothing is known of it."""
    text = plain(value)
    if isinstance(value, Known):
        return Text(text or "", None, value.sensitive)
    return Text(
        HOLE if text is None else text, value, value.sensitive, holes=holes_of((value,))
    )


def hole(doubt: Unknown, sensitive: bool = False) -> Text:
    """A text of which nothing is known."""
    return Text(HOLE, doubt, sensitive, holes=(doubt,))


def nowhere(detail: str) -> Unknown:
    """Why something isn't known that only a run of the script would tell."""
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail)


class Variables:
    """Variables of a script: those that its container has, and those that it sets."""

    __slots__ = ("_given", "_left", "_open", "_values", "exported", "lost")

    def __init__(self, environment: Mapping[str, Setting], is_open: bool) -> None:
        self._values: dict[str, Text] = {
            name: text_of(each.value) for name, each in environment.items()
        }
        self._given = frozenset(environment)
        self._open = is_open
        self._left = MAX_CALLS
        self.exported: dict[str, Setting] = {}
        self.lost: dict[str, Setting] = {}

    def may_call(self) -> bool:
        """Whether one more script in a file is followed; each question counts as one."""
        self._left -= 1
        return self._left >= 0

    def get(self, name: str) -> Text:
        """What a variable holds; a hole where that isn't known: the image may set what nobody else does."""
        held = self._values.get(name)
        if held is None or len(held.text) > MAX_VARIABLE:
            return hole(Unknown(Reason.FROM_ENVIRONMENT, f"${name}"))
        return held

    def get_or(self, name: str, otherwise: str) -> Text:
        """``${NAME:-otherwise}``: the default counts where nothing here says that the variable is set."""
        held = self._values.get(name)
        if held is not None:
            return self.get(name) if held.text else Text(otherwise)
        return self.get(name) if self._open else Text(otherwise, is_default=True)

    def assign(self, name: str, value: Text, sure: bool) -> None:
        """``NAME=value``; where it may not come to that, what the variable holds isn't known any more."""
        held = self._values.get(name)
        if not sure and (held is None or held.text != value.text):
            value = hole(nowhere(f"${name}"), value.sensitive)
        self._values[name] = value

    def is_exported(self, name: str) -> bool:
        """Whether programs get the variable."""
        return name in self.exported or name in self._given

    def lose(self, why: str, place: ScriptPlace, line: int) -> None:
        """Anything may be set otherwise from now on: what programs get by their container is in ``lost``."""
        where, because = place.at(line)
        for name in self._values:
            self._values[name] = Text(HOLE, nowhere(why), self._values[name].sensitive)
            setting = Setting(name, self._values[name].value(because), where)
            if name in self.exported:
                self.exported[name] = setting
            elif name in self._given:
                self.lost[name] = setting

    def export(self, name: str, value: Text | None, place: ScriptPlace, line: int) -> None:
        """Programs get the variable from now on."""
        held = self.get(name) if value is None else value
        where, because = place.at(line)
        self.exported[name] = Setting(name, held.value(because), where)
