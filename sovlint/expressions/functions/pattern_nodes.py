"""What a pattern is made of."""

from __future__ import annotations

from msgspec import Struct

from sovlint.expressions.functions.pattern_classes import Charset


class Chars(Struct, frozen=True):
    """One character of a set."""

    among: Charset


class Assert(Struct, frozen=True):
    """A place: the ``text`` or a ``line`` ``start`` or ``end``, a ``word`` boundary, or ``inside`` or outside words."""

    place: str


class Concat(Struct, frozen=True):
    """One after another."""

    items: tuple[PatternNode, ...]


class Either(Struct, frozen=True):
    """The first that leads to a match."""

    items: tuple[PatternNode, ...]


class CapturingGroup(Struct, frozen=True):
    """A group that is remembered."""

    number: int
    item: PatternNode


class Repeat(Struct, frozen=True):
    """``least`` to ``most`` times (``None``: without end), as often as possible if ``greedy``."""

    item: PatternNode
    least: int
    most: int | None
    greedy: bool


PatternNode = Chars | Assert | Concat | Either | CapturingGroup | Repeat
