"""Command lines of programs that move data: which of their words say where to, by rules of the catalogue."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from sovlint.model.decoding import EntryKey, Role, SomeText, SourceKey, Texts, Yes
from sovlint.model.partial.holes import cut_text
from sovlint.model.source import Located
from sovlint.model.value import Known, Value
from sovlint.rules.destination import Destination, Setting

ANY, LAST = "any", "last"
"""Which operands a target is: all of them, or the last one; else a number."""


class CommandLine(Struct, frozen=True):
    """A program and its words, as they are run; ``settings``: variables that it gets besides those of its container.

    ``image``: the short name of the image whose program gets the words, where none is named before them.
    """

    words: tuple[Value, ...]
    where: Located
    settings: tuple[Setting, ...] = ()
    image: str = ""
    input: Value | None = None
    """What it is fed, by a here-document or by a pipe; ``None``: nothing."""


class Where(Struct, frozen=True):
    """Words of a command line."""

    flags: Texts = ()
    operand: Literal["any", "last"] | Annotated[int, Meta(ge=0)] | None = None
    """All operands, the last one, or that number, after `words`."""
    environment: Texts = ()
    """Variables that tell it where no word does."""
    like: SomeText = ""
    """A pattern that a known value must match."""
    text: SomeText = "{}"
    """What is made of it: `{}` is the value."""
    within: SomeText = ""
    """A pattern whose group is meant: of the target, for a region."""
    input: bool = False
    """What it is fed, by a here-document or a pipe."""
    shown: bool = False
    """Variables count only where they are seen to be set: nobody sets them out of sight."""

    schema: ClassVar = {"minProperties": 1}


class CommandRule(Destination, frozen=True, kw_only=True):
    """What one command of a program does with data."""

    id: EntryKey
    programs: frozenset[SomeText]
    images: frozenset[SomeText] = frozenset()
    """Short names of images whose program it is, besides its own."""
    words: tuple[frozenset[SomeText], ...] = ()
    """The operands that it begins with, each one of several."""
    but: frozenset[SomeText] = frozenset()
    """Operands that it doesn't begin with: those of other commands."""
    takes: frozenset[SomeText] = frozenset()
    """Other flags that are followed by a value."""
    switches: frozenset[SomeText] = frozenset()
    """Flags named below that take no value."""
    role: Role
    link: SomeText
    fetches: Yes = False
    """It only fetches, shows or tests: no word of it is a destination."""
    target: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """Words that show that data is sent: the first of these that are there. They are where to, unless there is
    `address` or `company`."""
    address: Where | None = None
    region: Where | None = None
    needs: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """All of these must be there too."""
    unless: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """None of these may be there."""
    cluster: Yes = False
    """It points commands of Kubernetes that follow at a cluster, which is where they deploy to."""
    behind: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """Words that name what it stands in front of: that data goes through its hands."""
    routes: SomeText = ""
    """A pattern that finds what is behind (`host`) in files that it is given."""
    gives: frozenset[SomeText] = frozenset()
    """Flags by which it gives settings (`NAME=value`, several with commas between them) to what it builds or installs."""
    told_by: frozenset[SomeText] = frozenset()
    """Where a command of the same container meets one of these, it has told the address."""
    source: SourceKey
    positive: Texts
    negative: Texts

    schema: ClassVar = {"anyOf": [{"required": ["target"]}, {"required": ["fetches"]}]}

    @property
    def told(self) -> frozenset[str]:
        """The flags whose meaning it tells."""
        parts = (*self.target, self.address or Where(), self.region or Where())
        return frozenset(flag for part in parts for flag in part.flags)

    def __post_init__(self) -> None:
        parts = (
            *self.target,
            *self.needs,
            *self.unless,
            *self.behind,
            self.address or Where(),
            self.region or Where(),
        )
        named = {flag for part in parts for flag in part.flags}
        force_setattr(self, "takes", (self.takes | named) - self.switches)


def after(value: Value, count: int) -> Value:
    """A text without its first ``count`` characters, which are known."""
    if isinstance(value, Known):
        return Known(str(value.value)[count:], value.because, value.sensitive)
    return cut_text(value, lambda text: text[count:]).but(among=None)


def written_at(word: Value, line: CommandLine) -> Located:
    """Where a word of a command line is written."""
    return (
        line.where
        if word.because is None or word.because.where is None
        else word.because.where
    )
