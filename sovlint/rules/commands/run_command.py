"""A command line by one rule: its words told apart, and where it sends data by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.decoding import pattern
from sovlint.model.partial.holes import HOLE, cut_text, marked_text
from sovlint.model.resource import Sent
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.commands.command import (
    ANY,
    LAST,
    CommandLine,
    CommandRule,
    Where,
    after,
    written_at,
)
from sovlint.rules.destination import (
    NOTHING,
    Destination,
    Setting,
    Signal,
    Told,
    ToldAddress,
    sends,
)
from sovlint.rules.values.address_text import made


class RunCommand(Struct):
    """A command line by one rule: its words told apart, and the variables that it gets."""

    line: CommandLine
    rule: CommandRule
    title: str
    settings: Sequence[Setting]
    doubts: Sequence[Unknown]
    flags: dict[str, list[Value]] = field(default_factory=dict)
    operands: list[Value] = field(default_factory=list)
    is_open: bool = False
    """Whether there may be options that aren't known."""
    doubtful: list[Value] = field(default_factory=list)
    """Operands that may be the values of flags that the rule doesn't know."""

    def parse(self, words: Sequence[Value]) -> bool:
        """Tell flags and operands apart; whether it is the command that the rule is about."""
        rule = self.rule
        waiting = list(reversed(words))
        only_operands = False
        while waiting:
            word = waiting.pop()
            text = text_of_word(word)
            if only_operands or not text.startswith("-") or text == "-":
                self.operands.append(word)
            elif text == "--":
                only_operands = True
            else:
                self._flag(word, text, waiting)
        if rule.words:
            self._pass_options()
        size = len(rule.words)
        first = [text_of_word(each) for each in self.operands[:size]]
        if len(first) < size or any(
            word not in wanted for word, wanted in zip(first, rule.words, strict=True)
        ):
            return False
        if self.operands and text_of_word(self.operands[0]) in rule.but:
            return False
        self.operands = self.operands[size:]
        self.title = " ".join((self.title, *first))
        return True

    def _pass_options(self) -> None:
        """What isn't known stands for options where it stands before the name of the command, as in ``aws $OPTIONS s3
        cp``. One of them may be the address."""
        while self.operands and text_of_word(self.operands[0]) == HOLE:
            unknown = self.operands.pop(0)
            if isinstance(unknown, Unknown):
                self.doubts = (*self.doubts, unknown)
                self.is_open = True

    def is_meant(self) -> bool:
        """Whether all that its rule asks for is there, and nothing that speaks against it."""
        rule = self.rule
        if any(list(self.words(part)) for part in rule.unless):
            return False
        return all(list(self.words(need)) for need in rule.needs)

    def _flag(self, word: Value, text: str, waiting: list[Value]) -> None:
        """One word of flags: ``--a b``, ``--a=b``, ``-a b``, ``-ab``, ``-xyz``."""
        takes = self.rule.takes
        name, sign, _ = text.partition("=")
        if name in takes or text.startswith("--"):
            following = waiting.pop() if not sign and name in takes and waiting else Known("")
            self._add(name, after(word, len(name) + 1) if sign else following)
            if not sign and name not in takes and waiting:
                self.doubtful += waiting[-1:]
            return
        for index, letter in enumerate(text[1:], 2):
            if f"-{letter}" in takes:
                following = waiting.pop() if len(text) == index and waiting else Known("")
                self._add(
                    f"-{letter}", after(word, index) if len(text) > index else following
                )
                return
            self._add(f"-{letter}", Known(""))

    def _add(self, flag: str, value: Value) -> None:
        self.flags.setdefault(flag, []).append(value)

    def signals(self) -> Iterator[Signal]:
        """Where it sends data."""
        rule = self.rule
        for part in rule.target:
            targets = list(self.words(part)) or list(self._variables(part))
            for target in targets:
                for sent in self._sends(part, target):
                    yield Signal(sent, rule.link, rule.back, rule.id)
            if targets:
                return

    def behind(self) -> Iterator[Setting]:
        """What it stands in front of, as far as words and variables say."""
        for part in self.rule.behind:
            for value in self._written(part):
                yield Setting(self.title, value, written_at(value, self.line))

    def _sends(self, part: Where, target: Value) -> Iterator[Sent]:
        """Where it sends data by one word."""
        rule: Destination = self.rule
        value: Value | None = target
        if not part.like or _search(part, text_of_word(target)):
            is_address = self.rule.address is None and (
                rule.company is None or part.text != "{}"
            )
            value = _picked(part, target) if is_address else self._address()
        else:  # it may be something else
            rule = replace(rule, company=None)
        if value is None:
            return
        if part.text != "{}":  # the text that is made of it is the company's
            rule = replace(rule, only=True)
        at = Setting(self.title, target, written_at(target, self.line))
        region = self._region(target)
        silent = isinstance(value, Known) and value.value is None
        told = Told(
            addresses=() if silent else [ToldAddress(at, value)],
            holder=at if silent else None,
            regions=() if region is None else [Setting(self.title, region, at.where)],
        )
        yield from sends(rule, told)

    def _address(self) -> Value | None:
        """The address that is written; nothing without one, unless a variable may name it."""
        part = self.rule.address or Where()
        for value in self._written(part):
            return _picked(part, value)
        may_be_told = (part.environment and not part.shown) or (part.flags and self.is_open)
        if self.doubts and may_be_told:
            return _doubted(self.doubts[0], self.rule.company, part)
        return NOTHING

    def _region(self, target: Value) -> Value | None:
        part = self.rule.region
        if part is None:
            return None
        met = pattern(part.within).search(text_of_word(target)) if part.within else None
        if met is not None and HOLE not in met[1]:
            return Known(met[1], target.because)
        return next(self._written(part), None)

    def _written(self, part: Where) -> Iterator[Value]:
        yield from self.words(part)
        yield from self._variables(part)

    def words(self, part: Where) -> Iterator[Value]:
        """The words that are meant; what isn't known may be like anything that begins as it does."""
        found = [value for flag in part.flags for value in self.flags.get(flag, ())]
        if part.operand == ANY:
            found += self.operands
        elif part.operand == LAST:
            found += self._last(part)
        elif isinstance(part.operand, int):
            found += self.operands[part.operand :][:1]
        if part.input and self.line.input is not None:
            found.append(self.line.input)
        told = any(
            text_of_word(each) != HOLE and _is_like(part, text_of_word(each))
            for each in (*self.operands, *found)
        )
        for value in found:  # what may be anything isn't meant where something else is
            is_anything = part.operand in (ANY, LAST) and told and text_of_word(value) == HOLE
            if _is_like(part, text_of_word(value)) and not is_anything:
                yield value

    def _last(self, part: Where) -> Sequence[Value]:
        """The last operand. One that may be the value of a flag, and what may be options, counts only where no other
        is like it."""
        doubtful = {id(each) for each in self.doubtful}
        found = _without_options(self.operands)
        sure = _without_options([each for each in self.operands if id(each) not in doubtful])
        is_like = (
            bool(sure)
            and text_of_word(sure[-1]) != HOLE
            and _is_like(part, text_of_word(sure[-1]))
        )
        return sure[-1:] if is_like else found[-1:]

    def _variables(self, part: Where) -> Iterator[Value]:
        for name in part.environment:
            for setting in self.settings:
                text = text_of_word(setting.value).strip()
                if text and fnmatchcase(setting.name, name) and _is_like(part, text):
                    yield setting.value


def _without_options(operands: Sequence[Value]) -> Sequence[Value]:
    """Operands without what may be options at their end, where two are left."""
    size = len(operands)
    while size > 2 and text_of_word(operands[size - 1]) == HOLE:
        size -= 1
    return operands[:size]


def _doubted(doubt: Unknown, company: str | None, part: Where) -> Unknown:
    """A doubt, and whose endpoint it is unless one of the variables that it is about names another."""
    if company is None or doubt.note is not None:
        return doubt
    return doubt.but(
        note=Note("model.usual-endpoint", {"company": company, "names": part.environment})
    )


def _picked(part: Where, value: Value) -> Value | None:
    """The address in a word, or in what a program is fed."""
    met = pattern(part.within).search(text_of_word(value)) if part.within else None
    if met is None:
        return made(part.text, value)
    if isinstance(value, Unknown):
        return made(part.text, cut_text(value, lambda _: met[1]).but(among=None))
    return made(part.text, Known(met[1], value.because, value.sensitive))


def _is_like(part: Where, text: str) -> bool:
    return not part.like or text.startswith(HOLE) or _search(part, text)


def _search(part: Where, text: str) -> bool:
    return pattern(part.like, re.IGNORECASE).search(text) is not None


def text_of_word(value: Value) -> str:
    """A word as text; a sign stands for what isn't known of it."""
    if isinstance(value, Known):
        return "" if value.value is None else str(value.value)
    return HOLE if value.parts is None else marked_text(value.parts)
