"""What a template is told of where it is used, and what may be otherwise elsewhere: the situations in which it is
executed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.templates.text import TemplateHole, TemplateHoles, is_hole
from sovlint.expressions.templates.values import Map
from sovlint.model.value import Reason, Unknown, UnknownKind

PRINTING: Final = frozenset({
    "abbrev", "b64enc", "camelcase", "cat", "indent", "join", "kebabcase", "lower", "nindent", "nospace", "print",
    "printf", "println", "quote", "regexReplaceAll", "regexReplaceAllLiteral", "replace", "snakecase", "squote",
    "substr", "title", "toJson", "toString", "toYaml", "tpl", "trim", "trimAll", "trimPrefix", "trimSuffix", "trunc",
    "upper",
})  # fmt: skip
"""Functions that only write otherwise what they are given. What others make of something granted is looked up by it."""


DIGESTS: Final = frozenset({"adler32sum", "sha1sum", "sha256sum", "sha512sum"})
"""Functions that give what says nothing of what they are given."""


class Situation(Struct, frozen=True, eq=False):
    """Where a template is used. ``about``: how the names of that begin which has to be asked for, else nothing is
    otherwise there. ``answers``: what is told there, by name. ``supposed``: whatever else is taken for granted isn't
    known, and nobody says that it is used there. ``decided``: what is decided beforehand, by the keys of what isn't
    known; ``denied``: a pattern of the keys of what is taken not to be."""

    about: tuple[str, ...] = ()
    answers: Mapping[str, Any] = {}
    supposed: bool = False
    decided: Mapping[str, bool] = {}
    denied: re.Pattern[str] | None = None

    def side(self, key: str) -> bool | None:
        """How something is decided beforehand; ``None`` where it isn't."""
        if self.denied is not None and self.denied.fullmatch(key):
            return False
        return self.decided.get(key)


USUAL: Final = Situation()


class Granted:
    """What executions of templates take for granted, and in which situation they are executed. ``asked``: the names of
    what was asked for since ``begin``."""

    __slots__ = ("_further", "asked", "situation")

    def __init__(self, further: Sequence[Situation] = ()) -> None:
        self._further = further
        self.asked: set[str] = set()
        self.situation = USUAL

    def begin(self) -> None:
        """Another template is executed, in the usual situation first."""
        self.asked.clear()
        self.situation = USUAL

    def further(self) -> Iterator[Situation]:
        """The situations besides that bear on what was asked for."""
        for each in self._further:
            if any(name.startswith(each.about) for name in self.asked):
                yield each

    def answer(self, name: str, usual: Any) -> Any:
        """What a template is told under a name."""
        self.asked.add(name)
        situation = self.situation
        if name in situation.answers:
            return situation.answers[name]
        return granted_hole(name, isinstance(usual, bool)) if situation.supposed else usual


class GrantedMap(Map):
    """A mapping of which some keys are granted: ``names`` has what each of these is called."""

    __slots__ = ("_granted", "_names")

    def __init__(
        self, entries: Mapping[str, Any], names: Mapping[str, str], granted: Granted
    ) -> None:
        super().__init__(entries)
        self._names = names
        self._granted = granted

    def get(self, key: str, default: Any = None) -> Any:
        """What stands at a key."""
        return self._told(key, super().get(key, default))

    def __getitem__(self, key: str) -> Any:
        return self._told(key, super().__getitem__(key))

    def _told(self, key: str, usual: Any) -> Any:
        name = self._names.get(key)
        return usual if name is None else self._granted.answer(name, usual)


def granted_hole(name: str, decides: bool = False) -> TemplateHole:
    """Something that is taken for granted, and not known: to be printed, unless it ``decides``."""
    kind = None if decides else UnknownKind.GRANTED
    return TemplateHole(Unknown(Reason.COMPUTED_AT_APPLY, name, kind=kind), name)


def is_granted(unknown: Unknown) -> bool:
    """Whether something would only be printed otherwise elsewhere."""
    return unknown.kind is UnknownKind.GRANTED


def made_of(
    cause: Unknown, name: str, arguments: Sequence[Any], holes: TemplateHoles
) -> Unknown:
    """What a function makes of what isn't known, for the reason of the first of it."""
    made = cause.bare()
    if name in DIGESTS:
        return made.but(kind=UnknownKind.GRANTED)
    if is_granted(cause) and not (
        name in PRINTING and all(_all_granted(each, holes) for each in arguments)
    ):
        return made.but(kind=None)
    return made


def _all_granted(value: Any, holes: TemplateHoles) -> bool:
    if isinstance(value, TemplateHole):
        return is_granted(value.unknown)
    if isinstance(value, str):
        return value.isascii() or all(
            is_granted(holes.hole(each).unknown) for each in value if is_hole(each)
        )
    if isinstance(value, Mapping):
        return all(_all_granted(each, holes) for each in value.values())
    return not isinstance(value, list) or all(_all_granted(each, holes) for each in value)
