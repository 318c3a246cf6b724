"""Where things stand in nested files: keys that lead to them, and conditions on what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct, field

from sovlint.model.decoding import LowerText, SomeText, late_pattern, pattern
from sovlint.model.value import Fact, Known, Reason, Unknown, Value, either

KeyPath = tuple[str, ...]
"""Keys from the outermost one on; ``*`` stands for any one key or index."""

ANY: Final = "*"
_PART: Final = late_pattern(r"\[([^\]]*)\]|([^.\[\]]+)")


def path_parts(path: str) -> KeyPath:
    """The parts of a dotted path; a key that has dots itself stands in brackets (``annotations.[acme.dev/zone].*``).

    Of an empty path, and of ``.``, there are none.
    """
    if "[" not in path:
        return tuple(filter(None, path.split(".")))
    return tuple(bracketed or plain for bracketed, plain in _PART.findall(path))


class DottedPath(KeyPath):
    """Keys that are written as ``path_parts`` has them."""

    schema: ClassVar = {"type": "string", "minLength": 1}

    @classmethod
    def from_written(cls, written: str) -> DottedPath:
        """Of what is written."""
        return cls(path_parts(written))


HERE: Final = DottedPath()


ReadAt = Callable[[str], Iterable[Value]]
"""What stands at a dotted path."""


class Condition(Struct, frozen=True, kw_only=True):
    """What must stand somewhere: all that is said of it holds."""

    path: SomeText = ""
    """Where something stands that isn't null, empty or false."""
    values: Annotated[tuple[LowerText, ...], Meta(min_length=1)] = field(
        default=(), name="in"
    )
    """It is one of these, whatever its case."""
    matches: SomeText = ""
    """A pattern that it matches, whatever its case."""
    any: Annotated[tuple[Condition, ...], Meta(min_length=1)] = ()
    """One of these holds."""
    all: Annotated[tuple[Condition, ...], Meta(min_length=1)] = ()
    """All of these hold."""
    none: Annotated[tuple[Condition, ...], Meta(min_length=1)] = field(default=(), name="not")
    """None of these holds: `not: [{path: a}]` is that nothing stands at `a`."""

    schema: ClassVar = {
        "anyOf": [{"required": [key]} for key in ("path", "any", "all", "not")],
        "x-was": {"at": "path"},
    }

    @property
    def paths(self) -> tuple[str, ...]:
        """All that it asks about."""
        inner = (path for each in (*self.any, *self.all, *self.none) for path in each.paths)
        return (*((self.path,) if self.path else ()), *inner)

    def held(self, read: ReadAt, there: bool = False) -> Fact[bool]:
        """Whether it holds (Kleene's logic). ``there``: what stands somewhere and isn't known is something."""
        facts = [] if not self.path else [self._at_path(read, there)]
        if self.any:
            facts.append(one_of(each.held(read, there) for each in self.any))
        facts += [each.held(read, there) for each in self.all]
        facts += [negated(each.held(read, there)) for each in self.none]
        if len(facts) == 1:
            (fact,) = facts
            return Known(fact.value) if isinstance(fact, Known) else fact
        return negated(one_of(map(negated, facts)))

    def surely(self, read: ReadAt) -> bool:
        """Whether it holds of what is written in a file."""
        fact = self.held(read, there=True)
        return isinstance(fact, Known) and fact.value

    def perhaps(self, read: ReadAt) -> bool:
        """Whether it may hold of what is written in a file."""
        fact = self.held(read, there=True)
        return not isinstance(fact, Known) or fact.value

    def _at_path(self, read: ReadAt, there: bool) -> Fact[bool]:
        return one_of(self._of(value, there) for value in read(self.path))

    def _of(self, value: Value, there: bool) -> Fact[bool]:
        if isinstance(value, Known):
            return Known(self._is_met(value.value))
        if value.among:
            return either(
                [Known(self._is_met(member.value)) for member in value.among], value
            )
        asks_more = self.values or self.matches
        return (
            Known(True) if not asks_more and (there or _is_something(value)) else value.bare()
        )

    def _is_met(self, inner: object) -> bool:
        written = str(inner)
        if self.values and written.lower() not in self.values:
            return False
        if self.matches and not pattern(self.matches, re.IGNORECASE).search(written):
            return False
        return bool(self.values or self.matches) or inner not in (None, "", False, (), {}, [])


Conditions = Annotated[tuple[Condition, ...], Meta(min_length=1)]


def meant(when: Sequence[Condition], unless: Sequence[Condition], read: ReadAt) -> bool:
    """Whether a rule means what is written in a file: what isn't known is none of the values asked for."""
    return all(each.surely(read) for each in when) and not any(
        each.surely(read) for each in unless
    )


def one_of(facts: Iterable[Fact[bool]]) -> Fact[bool]:
    """Whether one of several holds."""
    answer: Fact[bool] = Known(False)
    for fact in facts:
        if isinstance(fact, Unknown):
            answer = fact
        elif fact.value:
            return fact
    return answer


def negated(fact: Fact[bool]) -> Fact[bool]:
    """Whether it doesn't hold."""
    return Known(not fact.value) if isinstance(fact, Known) else fact


def _is_something(value: Unknown) -> bool:
    """Whether an unknown surely isn't null or empty: text with literals, entries, what a resource computes."""
    computed = (
        value.reason is Reason.COMPUTED_AT_APPLY
        and value.because is not None
        and value.because.refers is not None
    )
    return computed or bool(value.entries) or any(value.parts or ())


def below(path: KeyPath, at: KeyPath) -> bool:
    """Whether what stands at ``path`` is at ``at``, or below."""
    for want, have in zip(
        at, path, strict=False
    ):  # not with `all`, which takes twice as long: this is asked most
        if want not in (ANY, have):
            return False
    return len(path) >= len(at)
