"""Texts with holes in them, and the variables that a script reads and sets while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sovlint.frontends.addresses import plain
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE, cut_text, holes_of, marked_parts
from sovlint.model.source import Located
from sovlint.model.value import Because, Known, Reason, Step, StepKind, Unknown, Value
from sovlint.rules.commands.command import Branch, Shell
from sovlint.rules.destination import Setting

T = TypeVar("T")

MAX_CALLS = 20
"""Scripts in files that are followed: one may call itself, many times."""
MAX_STEPS = 30_000
"""Steps that are taken in all: commands, and what holds them."""
MAX_ELEMENTS = 100
"""Further elements of an array aren't kept."""
MAX_VARIABLE = 1_000
MAX_WORD = 10_000
"""Longer ones are no addresses, and aren't kept: a variable can be doubled again and again."""


_NAMED = late_pattern(r"^\W*(?:\w+\.)*([A-Za-z_]\w*)\W*$")
"""``$NAME``, ``${{ secrets.NAME }}``."""


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


_SOURCE: Final = "BASH_SOURCE"

_ANY_FILES: Final = late_pattern(r"[*?]+")
"""What a pattern of files leaves open."""


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
    variable: str = ""
    """The variable that it begins with, if nobody knows what that holds."""

    def add(self, value: Text) -> None:
        """Append another one."""
        self.variable = value.variable if not self.text else self.variable
        fits = len(self.text) + len(value.text) <= MAX_WORD
        self.text = self.text + value.text if fits else HOLE
        self.holes = self.holes + value.holes if fits else ()
        self.doubt = value.doubt if self.doubt is None else self.doubt
        self.sensitive = self.sensitive or value.sensitive
        self.is_default = self.is_default or value.is_default

    def followed_by(self, text: str) -> Text:
        """The same, and a known text behind it."""
        return replace(self, text=self.text + text)

    def after(self, count: int) -> Text:
        """The same without its first characters."""
        return replace(self, text=self.text[count:], quoted=True, variable="")

    @property
    def begins_with(self) -> str:
        """The name of what it begins with, if that isn't known: of a variable, or of what a pipeline fills in."""
        if not self.text.startswith(HOLE):
            return ""
        told = _NAMED.search(self.holes[0].detail) if self.holes else None
        return self.variable or (told[1] if told is not None else "")

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


def of_glob(text: Text) -> Text:
    """A pattern of files, as one of those: nobody knows what it is called where the pattern has no ending."""
    if text.quoted or not text.text.endswith("*"):
        return text
    doubt = nowhere(text.text) if text.doubt is None else text.doubt
    return replace(text, text=_ANY_FILES.sub(HOLE, text.text), doubt=doubt)


def nowhere(detail: str) -> Unknown:
    """Why something isn't known that only a run of the script would tell."""
    return Unknown(Reason.UNSUPPORTED_EXPRESSION, detail)


class ShellFunction(Struct):
    """What a script has under a name: ``run`` reads its commands."""

    run: Callable[[], None]
    is_called: bool = False


class Variables:
    """Variables of a script: those that its container has, and those that it sets.

    What is set in a branch lies in a layer of its own, whose end says what is left of it.
    """

    __slots__ = (
        "_arrays",
        "_calls",
        "_given",
        "_layers",
        "_open",
        "_shells",
        "_steps",
        "branch",
        "exported",
        "exports_all",
        "folder",
        "functions",
        "lost",
        "parameters",
        "script",
        "shell",
        "source",
        "written",
    )

    def __init__(self, environment: Mapping[str, Setting], is_open: bool) -> None:
        self._layers: list[dict[str, Text]] = [{}]
        self._arrays: dict[str, Sequence[Text]] = {}
        self._given = environment
        self._open = is_open
        self._calls = MAX_CALLS
        self._steps = MAX_STEPS
        self._shells = 0
        self.branch: Branch = ()
        """Which arms of which conditions are read at the moment."""
        self.shell: Shell = ()
        """In which shells of their own that is."""
        self.exported: dict[str, Setting] = {}
        self.lost: dict[str, Setting] = {}
        self.written: list[Setting] = []
        """All that it was ever given to programs, or wrote into files of variables."""
        self.parameters: Sequence[Text] | None = None
        """What a script or a function is called with; ``None``: not known."""
        self.functions: dict[str, ShellFunction] = {}
        self.folder = "/"
        """Where the shell is at the moment."""
        self.script: Text | None = None
        """The path of the script that was started, where it has one."""
        self.source: Text | None = None
        """The path of that in which the line stands: it may be read into another."""
        self.exports_all = False
        """Whether programs get all that is set (``set -a``)."""

    def may_call(self) -> bool:
        """Whether one more script in a file is followed; each question counts as one."""
        self._calls -= 1
        return self._calls >= 0

    def may_go_on(self) -> bool:
        """Whether one more step is taken; each question counts as one."""
        self._steps -= 1
        return self._steps >= 0

    @property
    def settings(self) -> Sequence[Setting]:
        """Those that programs get at the moment."""
        return (*self.exported.values(), *self._given.values())

    # --- what they hold

    def get(self, name: str) -> Text:
        """What a variable holds; a hole where that isn't known: the image may set what nobody else does."""
        held = self._held(name)
        if held is None or len(held.text) > MAX_VARIABLE:
            found = hole(Unknown(Reason.FROM_ENVIRONMENT, f"${name}"))
            return replace(found, variable=name)
        is_open = held.text.startswith(HOLE) and not held.variable
        return replace(held, variable=name) if is_open else held

    def get_or(self, name: str, otherwise: Text) -> Text:
        """``${NAME:-otherwise}``: the default counts where nothing here says that the variable is set."""
        if name.isdigit():
            return self._parameter(int(name), otherwise)
        held = self._held(name)
        if held is not None:
            return self.get(name) if held.text else otherwise
        return self.get(name) if self._open else replace(otherwise, is_default=True)

    def all_of(self, name: str) -> Sequence[Text]:
        """What stands for ``$NAME``, ``$1``, ``$@`` and the like."""
        if name in ("@", "*") and self.parameters is not None:
            return self.parameters
        if name.isdigit() and name != "0":
            return (self._parameter(int(name), Text()),)
        if (itself := self.itself(name)) is not None:
            return (itself,)
        if not name.isidentifier():
            return (hole(nowhere(f"${name}")),)
        held = self._arrays.get(name)
        return held[:1] or (Text(),) if held is not None else (self.get(name),)

    def array(self, name: str) -> Sequence[Text] | None:
        """The elements of an array; ``None`` where they aren't known."""
        itself = self.itself(name)
        return self._arrays.get(name) if itself is None or name == "0" else (itself,)

    def itself(self, name: str) -> Text | None:
        """The path of the script, where a variable is it and that is known."""
        return {"0": self.script, _SOURCE: self.source}.get(name)

    def _held(self, name: str) -> Text | None:
        for layer in reversed(self._layers):
            if name in layer:
                return layer[name]
        given = self._given.get(name)
        return None if given is None else text_of(given.value)

    def _parameter(self, number: int, otherwise: Text) -> Text:
        if self.parameters is None or number == 0:
            return hole(nowhere(f"${number}"))
        given = self.parameters[number - 1 : number]
        return given[0] if given and given[0].text else otherwise

    # --- what sets them

    def assign(self, name: str, value: Text) -> None:
        """``NAME=value``."""
        self._arrays.pop(name, None)
        self._layers[-1][name] = value

    def assign_array(self, name: str, values: Sequence[Text]) -> None:
        """``NAME=(a b)``."""
        self._arrays[name] = values[:MAX_ELEMENTS]

    def forget(self, name: str) -> None:
        """A variable is set to what only a run would tell."""
        held = self._held(name)
        self.assign(name, hole(nowhere(f"${name}"), held is not None and held.sensitive))

    def enter(self) -> None:
        """What is set from now on is set in a branch, or in a shell of its own."""
        self._layers.append({})

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is read meanwhile runs in a shell of its own, which can't change the folder of the others."""
        self._shells += 1
        outer, self.shell = self.shell, (*self.shell, self._shells)
        folder = self.folder
        yield
        self.shell, self.folder = outer, folder

    def leave(self) -> dict[str, Text]:
        """The end of that: what it has set. It counts no more, but for ``merge``."""
        return self._layers.pop()

    def merge(self, branches: Iterable[Mapping[str, Text]]) -> bool:
        """What is left of branches one of which may be taken: what a variable holds isn't known any more, if one of
        them sets it otherwise. Whether there is such a variable."""
        is_changed = False
        for branch in branches:
            for name, value in branch.items():
                held = self._held(name)
                if held is None or held.text != value.text:
                    self._layers[-1][name] = hole(nowhere(f"${name}"), value.sensitive)
                    is_changed |= held is not None and held.text != HOLE
                    self._doubt(name)
        return is_changed

    def each_arm(self, arms: Iterable[T]) -> Iterator[T]:
        """The arms of a condition, one after the other: what is read meanwhile stands in that one."""
        outer, condition = self.branch, object()
        for number, arm in enumerate(arms):
            self.branch = (*outer, (condition, number))
            yield arm
        self.branch = outer

    def _doubt(self, name: str) -> None:
        setting = self.exported.get(name)
        if setting is not None:
            value = self.get(name).value(setting.value.because)
            self.exported[name] = Setting(name, value, setting.where)

    def is_exported(self, name: str) -> bool:
        """Whether programs get the variable."""
        return name in self.exported or name in self._given

    def lose(self, why: str, place: ScriptPlace, line: int) -> None:
        """Anything may be set otherwise from now on: what programs get by their container is in ``lost``."""
        where, because = place.at(line)
        self._open = True
        self._arrays.clear()
        for name in {*self._given, *(name for layer in self._layers for name in layer)}:
            held = Text(HOLE, nowhere(why), self.get(name).sensitive)
            self._layers[-1][name] = held
            setting = Setting(name, held.value(because), where)
            if name in self.exported:
                self.exported[name] = setting
            elif name in self._given:
                self.lost[name] = setting

    def export(self, name: str, place: ScriptPlace, line: int) -> None:
        """Programs get the variable from now on."""
        where, because = place.at(line)
        self.exported[name] = Setting(name, self.get(name).value(because), where)
        self.written.append(self.exported[name])
