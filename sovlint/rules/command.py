"""Command lines of programs that move data: which of their words say where to, by rules of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import force_setattr

from sovlint.model.decoding import EntryKey, ProviderId, Role, SomeText, SourceKey, Texts, pattern
from sovlint.model.holes import HOLE, cut_text, marked_text
from sovlint.model.resource import Sent
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.address_text import made
from sovlint.rules.signature import Setting, Signal

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
    shown: bool = False
    """Variables count only where they are seen to be set: nobody sets them out of sight."""

    schema: ClassVar = {"minProperties": 1}


class CommandRule(Struct, frozen=True, kw_only=True):
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
    """The kind of flow where the address is a service's of the same cluster."""
    back: bool = False
    """Whether data comes back from such a service."""
    company: ProviderId | None = None
    """Who gets it, where no address says so."""
    target: Annotated[tuple[Where, ...], Meta(min_length=1)]
    """Words that show that data is sent: the first of these that are there. They are where to, unless there is
    `address` or `company`."""
    address: Where | None = None
    region: Where | None = None
    needs: Annotated[tuple[Where, ...], Meta(min_length=1)] = ()
    """All of these must be there too."""
    told_by: frozenset[SomeText] = frozenset()
    """Where a command of the same container meets one of these, it has told the address."""
    source: SourceKey
    positive: Texts
    negative: Texts

    def __post_init__(self) -> None:
        parts = (*self.target, *self.needs, self.address or Where(), self.region or Where())
        named = {flag for part in parts for flag in part.flags}
        force_setattr(self, "takes", (self.takes | named) - self.switches)


class _Parsed(Struct):
    """The words of a command line told apart."""

    title: str
    flags: dict[str, list[Value]] = field(default_factory=dict)
    operands: list[Value] = field(default_factory=list)


class Commands:
    """All rules, by the programs that they are about."""

    __slots__ = ("_by_image", "_by_program")

    def __init__(self, rules: Iterable[CommandRule] = ()) -> None:
        self._by_program: dict[str, list[CommandRule]] = {}
        self._by_image: dict[str, list[CommandRule]] = {}
        for rule in rules:
            for program in rule.programs:
                self._by_program.setdefault(program, []).append(rule)
            for image in rule.programs | rule.images:
                self._by_image.setdefault(image, []).append(rule)

    def signals(
        self, lines: Iterable[CommandLine], environment: Sequence[Setting], doubts: Sequence[Unknown] = ()
    ) -> Iterator[Signal]:
        """Where the commands of one container send data. ``doubts``: why there may be variables that aren't known."""
        met = [each for line in lines for each in self._met(line)]
        told = {rule.id for _, rule, _ in met}
        for line, rule, parsed in met:
            if not rule.told_by & told:
                yield from _signals(line, rule, parsed, (*line.settings, *environment), doubts)

    def _met(self, line: CommandLine) -> Iterator[tuple[CommandLine, CommandRule, _Parsed]]:
        program = _text(line.words[0]).rpartition("/")[2] if line.words else ""
        tries = [(rule, program, line.words[1:]) for rule in self._by_program.get(program, ())]
        tries += [(rule, line.image, line.words) for rule in self._by_image.get(line.image, ())]
        for rule, title, words in tries:
            parsed = _parsed(rule, title, words)
            if parsed is not None and all(list(_values(need, parsed)) for need in rule.needs):
                yield line, rule, parsed


def _signals(
    line: CommandLine, rule: CommandRule, parsed: _Parsed, settings: Sequence[Setting], doubts: Sequence[Unknown]
) -> Iterator[Signal]:
    for part in rule.target:
        targets = list(_values(part, parsed)) or list(_variables(part, settings))
        for target in targets:
            sent = _sent(line, rule, part, target, parsed, settings, doubts)
            if sent is not None:
                yield Signal(sent, rule.link, rule.back, rule.id)
        if targets:
            return


def _sent(
    line: CommandLine,
    rule: CommandRule,
    part: Where,
    target: Value,
    parsed: _Parsed,
    settings: Sequence[Setting],
    doubts: Sequence[Unknown],
) -> Sent | None:
    value: Value | None = target
    meant = not part.like or _search(part, _text(target))  # else it isn't even known whether it is
    if meant:
        is_address = rule.address is None and (rule.company is None or part.text != "{}")
        value = _picked(part, target) if is_address else _address(rule, parsed, settings, doubts)
    if value is None:
        return None
    told = isinstance(value, Known) or part.text != "{}"  # else any other may answer there
    company, usual = (rule.company, None) if told else (None, rule.company if meant else None)
    region = _region(rule.region, target, parsed, settings)
    return Sent(value, written_at(target, line), rule.role, parsed.title, company, region, usual=usual)


def _address(
    rule: CommandRule, parsed: _Parsed, settings: Sequence[Setting], doubts: Sequence[Unknown]
) -> Value | None:
    """The address that is written; without one, that of the company, unless a variable may name another."""
    part = rule.address or Where()
    for value in (*_values(part, parsed), *_variables(part, settings)):
        return _picked(part, value)
    if doubts and part.environment and not part.shown:
        return _doubted(doubts[0], rule.company, part)
    return Unknown(Reason.NO_EVIDENCE, "endpoint") if rule.company is None else Known(None)


def _doubted(doubt: Unknown, company: str | None, part: Where) -> Unknown:
    """A doubt, and whose endpoint it is unless one of the variables that it is about names another."""
    if company is None or doubt.note is not None:
        return doubt
    return doubt.but(note=Note("model.usual-endpoint", {"company": company, "names": part.environment}))


def _picked(part: Where, value: Value) -> Value | None:
    """The address in a word; what can't be told apart in one with holes is as unknown as it was."""
    met = pattern(part.within).search(_text(value)) if part.within else None
    if met is None or isinstance(value, Unknown):
        return made(part.text, value)
    return made(part.text, Known(met[1], value.because, value.sensitive))


def _region(part: Where | None, target: Value, parsed: _Parsed, settings: Sequence[Setting]) -> Value | None:
    if part is None:
        return None
    met = pattern(part.within).search(_text(target)) if part.within else None
    if met is not None and HOLE not in met[1]:
        return Known(met[1], target.because)
    return next(iter((*_values(part, parsed), *_variables(part, settings))), None)


def _values(part: Where, parsed: _Parsed) -> Iterator[Value]:
    """The words that are meant; what isn't known may be like anything that begins as it does."""
    found = [value for flag in part.flags for value in parsed.flags.get(flag, ())]
    if part.operand == ANY:
        found += parsed.operands
    elif part.operand == LAST:
        found += parsed.operands[-1:]
    elif isinstance(part.operand, int):
        found += parsed.operands[part.operand :][:1]
    met = [value for value in found if _is_like(part, _text(value))]
    told = any(_text(each) != HOLE and _is_like(part, _text(each)) for each in (*parsed.operands, *found))
    for value in met:  # what may be anything isn't meant where something else is
        if not (part.operand in (ANY, LAST) and told and _text(value) == HOLE):
            yield value


def _is_like(part: Where, text: str) -> bool:
    return not part.like or text.startswith(HOLE) or _search(part, text)


def _search(part: Where, text: str) -> bool:
    return pattern(part.like, re.IGNORECASE).search(text) is not None


def _variables(part: Where, settings: Sequence[Setting]) -> Iterator[Value]:
    for name in part.environment:
        for setting in settings:
            text = _text(setting.value).strip()
            if text and fnmatchcase(setting.name, name) and _is_like(part, text):
                yield setting.value


def _parsed(rule: CommandRule, title: str, words: Sequence[Value]) -> _Parsed | None:
    """Flags and operands; ``None`` where it isn't the command that the rule is about."""
    parsed = _Parsed(title)
    waiting = list(reversed(words))
    only_operands = False
    while waiting:
        word = waiting.pop()
        text = _text(word)
        if only_operands or not text.startswith("-") or text == "-":
            parsed.operands.append(word)
        elif text == "--":
            only_operands = True
        else:
            _flag(rule, word, text, waiting, parsed)
    first = [_text(each) for each in parsed.operands[: len(rule.words)]]
    if len(first) < len(rule.words) or any(word not in wanted for word, wanted in zip(first, rule.words, strict=True)):
        return None
    if parsed.operands and _text(parsed.operands[0]) in rule.but:
        return None
    parsed.operands = parsed.operands[len(rule.words) :]
    parsed.title = " ".join((title, *first))
    return parsed


def _flag(rule: CommandRule, word: Value, text: str, waiting: list[Value], into: _Parsed) -> None:
    """One word of flags: ``--a b``, ``--a=b``, ``-a b``, ``-ab``, ``-xyz``."""
    name, sign, _ = text.partition("=")
    if name in rule.takes or text.startswith("--"):
        if sign:
            into.flags.setdefault(name, []).append(after(word, len(name) + 1))
        elif name in rule.takes and waiting:
            into.flags.setdefault(name, []).append(waiting.pop())
        else:
            into.flags.setdefault(name, []).append(Known(""))
        return
    for index, letter in enumerate(text[1:], 2):
        if f"-{letter}" in rule.takes:
            rest = after(word, index) if len(text) > index else waiting.pop() if waiting else Known("")
            into.flags.setdefault(f"-{letter}", []).append(rest)
            return
        into.flags.setdefault(f"-{letter}", []).append(Known(""))


def after(value: Value, count: int) -> Value:
    """A text without its first ``count`` characters, which are known."""
    if isinstance(value, Known):
        return Known(str(value.value)[count:], value.because, value.sensitive)
    return cut_text(value, lambda text: text[count:]).but(among=None)


def written_at(word: Value, line: CommandLine) -> Located:
    """Where a word of a command line is written."""
    return line.where if word.because is None or word.because.where is None else word.because.where


def _text(value: Value) -> str:
    if isinstance(value, Known):
        return "" if value.value is None else str(value.value)
    return HOLE if value.parts is None else marked_text(value.parts)
