"""Command lines of programs that move data: which of their words say where to, by rules of the catalogue."""

from __future__ import annotations

from collections.abc import Hashable
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


Branch = tuple[tuple[Hashable, int], ...]
"""Which arms of which conditions something stands in, the outermost first."""

Shell = tuple[int, ...]
"""In which shells of their own something runs, by their numbers, the outermost first: what they change is theirs."""


class WrittenFile(Struct, frozen=True):
    """A file that a command writes, or adds to: its path, and what it writes."""

    path: Value
    text: Value


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
    branch: Branch = ()
    shell: Shell = ()
    reads: Value | None = None
    """The file that it is fed."""
    writes: WrittenFile | None = None
    names: tuple[str, ...] = ()
    """What each word begins with that isn't known: the name of a variable; empty for others."""

    def name_of(self, word: Value) -> str:
        """What a word begins with that isn't known."""
        pairs = zip(self.words, self.names, strict=False)
        return next((name for each, name in pairs if each is word), "")


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
    after: SomeText = ""
    """The operand behind this one."""
    shown: bool = False
    """Variables count only where they are seen to be set: nobody sets them out of sight."""

    schema: ClassVar = {"minProperties": 1}


class SetForLater(Struct, frozen=True, kw_only=True):
    """A setting that commands get which come later."""

    name: SomeText
    """The variable by which they ask for it."""
    value: Where | None = None
    """The word that says it; of a file it is what stands at `key`."""
    key: SomeText = ""
    """A pattern of keys of a file: those above a key stand before it, with dots between."""

    whole: Yes = False
    """All that stands in the file is it."""

    schema: ClassVar = {"anyOf": [{"required": [key]} for key in ("value", "key", "whole")]}


class ReadsFile(Struct, frozen=True, kw_only=True):
    """A file that a command is told to read instead of what it reads by itself: where it sends data stands there."""

    named: Where
    inside: SomeText = ""
    """The name of the file in the folder that is named."""
    like: SomeText
    """The rule on files that says what stands in it."""


class RunsWords(Struct, frozen=True, kw_only=True):
    """A program that runs the one that its words name."""

    operands: Annotated[int, Meta(ge=0)] = 0
    """How many operands stand before that."""
    behind: SomeText = ""
    """The command of it that does so, which stands first."""


class StackWords(Struct, frozen=True, kw_only=True):
    """Words of a command that deploys a template of the repository."""

    marks: Texts
    """Texts without one of which no file has such a command."""
    template: Where
    """What names the template."""
    usual: Texts
    """Names of the one that it takes where none is named, or what is named was made of it."""
    parameters: Where | None = None
    """Values of its parameters, as `Name=value`, or the file that has them."""


class BuildWords(Struct, frozen=True, kw_only=True):
    """Words of a command that builds an image: what it is called, of which file, in which folder."""

    marks: Texts
    """Texts without one of which no file has such a command."""
    image: Where
    file: Where = Where()
    context: Where = Where()


class CommandRule(Destination, frozen=True, kw_only=True):
    """What one command of a program does with data."""

    id: EntryKey
    bare: bool = False
    """Its programs are words of the shell, or functions: what a path leads to is another program."""
    programs: frozenset[SomeText] = frozenset()
    files: Texts = ()
    """Globs of paths: what is written there says it, and no words of a program."""
    named_by: Texts = ()
    """Variables that name such a file."""
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
    role: Role | None = None
    link: str = ""
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
    pushes: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """Words that name the images that it puts into a registry."""
    builds: BuildWords | None = None
    """It builds an image of a file of the repository."""
    behind: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """Words that name what it stands in front of: that data goes through its hands."""
    routes: SomeText = ""
    """A pattern that finds what is behind (`host`) in files that it is given."""
    profile: tuple[Where, ...] = ()
    """Words that name the profile, the remote or the alias that it sets up, or uses; the first that are there. Of a file
    it is the section, and `within` of the first tells which part of that."""
    sets: Annotated[tuple[SetForLater, ...], Meta(min_length=1)] = ()
    """What it sets for commands that come later."""
    reads: ReadsFile | None = None
    writes: Where | None = None
    """The file that it writes, where nobody knows what it writes there."""
    runs: RunsWords | None = None
    """It runs another program: what follows counts."""
    stack: StackWords | None = None
    """It deploys a template, to its region."""
    gives: frozenset[SomeText] = frozenset()
    """Flags by which it gives settings (`NAME=value`, several with commas between them, or a map) to what it builds or
    installs; `=` for words that are settings themselves."""
    given_to: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """Words that name what gets them: a task, a job, a workload."""
    goes_on: Yes = False
    """What gets these settings runs by itself, and isn't only built."""
    installs: Yes = False
    """What gets them is a chart: they are values of it, by the keys that lead to them."""
    told_by: frozenset[SomeText] = frozenset()
    """Where a command of the same container meets one of these, it has told the address."""
    source: SourceKey
    positive: Texts
    negative: Texts

    schema: ClassVar = {
        "anyOf": [
            {"required": keys}
            for keys in (
                ["target", "role", "link"],
                ["fetches"],
                ["sets"],
                ["writes"],
                ["stack"],
                ["runs"],
                ["pushes"],
                ["builds"],
            )
        ]
    }

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
            *self.profile,
            *self.pushes,
            *self.given_to,
            *((each.image, each.file, each.context) if (each := self.builds) else ()),
            *((self.stack.template, self.stack.parameters or Where()) if self.stack else ()),
            self.writes or Where(),
            self.reads.named if self.reads else Where(),
            *(each.value or Where() for each in self.sets),
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
