"""A command line by one rule: its words told apart, the variables that it gets, and what earlier commands have set."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from fnmatch import fnmatchcase
from posixpath import normpath

from msgspec import Struct, field

from sovlint.model.decoding import pattern
from sovlint.model.partial.holes import HOLE, cut_text, marked_text
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.commands.command import ANY, LAST, CommandLine, CommandRule, Where, after
from sovlint.rules.destination import Setting
from sovlint.rules.values.address_text import made

USUAL = "default"
"""What programs call the profile that counts where none is named."""


FileName = tuple[Hashable, ...]
"""What tells one file from another: its path, with what stands at each hole."""
_PRINTED = ("$(...)", "`...`")
"""How a hole is called that a command fills: each time it may be another."""


class ParsedCommand(Struct):
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
    kept: Sequence[Setting] = ()
    """What commands before it have set, for it too."""
    doubtful: list[Value] = field(default_factory=list)
    """Operands that may be the values of flags that the rule doesn't know."""

    def parse(self, words: Sequence[Value]) -> bool:
        """Tell flags and operands apart; whether it is the command that the rule is about."""
        rule = self.rule
        waiting = list(reversed(words))
        only_operands = False
        while waiting:
            word = waiting.pop()
            text = marked(word)
            if only_operands or not text.startswith("-") or text == "-":
                self.operands.append(word)
            elif text == "--":
                only_operands = True
            else:
                self._flag(word, text, waiting)
        if rule.words:
            self._pass_options()
        size = len(rule.words)
        first = [marked(each) for each in self.operands[:size]]
        if len(first) < size or any(
            word not in wanted for word, wanted in zip(first, rule.words, strict=True)
        ):
            return False
        if self.operands and marked(self.operands[0]) in rule.but:
            return False
        self.operands = self.operands[size:]
        self.title = " ".join((self.title, *first))
        return True

    def _pass_options(self) -> None:
        """What isn't known stands for options where it stands before the name of the command, as in ``aws $OPTIONS s3
        cp``. One of them may be the address."""
        while self.operands and marked(self.operands[0]) == HOLE:
            unknown = self.operands.pop(0)
            if isinstance(unknown, Unknown):
                self.doubts = (*self.doubts, unknown)
                self.is_open = True

    def is_meant(self) -> bool:
        """Whether all that its rule asks for is there, and nothing that speaks against it."""
        rule = self.rule
        if any(self._surely(part) for part in rule.unless):
            return False
        return all(list(self.written(need)) for need in rule.needs)

    def _surely(self, part: Where) -> bool:
        """Whether words are there that are meant, whatever stands in what isn't known."""
        return any(
            not part.like or matches(part, marked(value)) for value in self.written(part)
        )

    @property
    def profile(self) -> str:
        """The profile, the remote or the alias that it names."""
        for part in self.rule.profile:
            for value in self.written(part):
                named = picked(part, value)
                return marked(value if named is None else named)
        return USUAL

    @property
    def file(self) -> FileName | None:
        """The file that it is told to read, as others may name it."""
        reads = self.rule.reads
        value = None if reads is None else next(self.written(reads.named), None)
        return None if reads is None or value is None else file_name(value, reads.inside)

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

    def written(self, part: Where) -> Iterator[Value]:
        """The words that are meant, then the variables, then what commands before it have set."""
        yield from self.words(part)
        yield from self.variables(part)

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
        if part.after:
            found += self._behind(part.after)
        told = any(
            marked(each) != HOLE and is_like(part, marked(each))
            for each in (*self.operands, *found)
        )
        for value in found:  # what may be anything isn't meant where something else is
            is_anything = part.operand in (ANY, LAST) and told and marked(value) == HOLE
            if is_like(part, marked(value)) and not is_anything:
                yield value

    def _last(self, part: Where) -> Sequence[Value]:
        """The last operand. One that may be the value of a flag, and what may be options, counts only where no other
        is like it."""
        doubtful = set(self.doubtful)
        found = _without_options(self.operands)
        sure = _without_options([each for each in self.operands if each not in doubtful])
        last = marked(sure[-1]) if sure else HOLE
        return sure[-1:] if last != HOLE and is_like(part, last) else found[-1:]

    def _behind(self, word: str) -> Sequence[Value]:
        """The operand behind another one."""
        texts = [marked(each) for each in self.operands]
        return self.operands[texts.index(word) + 1 :][:1] if word in texts else ()

    def variables(self, part: Where) -> Iterator[Value]:
        """The variables that are meant."""
        for settings in (self.settings, self.kept):
            for name in part.environment:
                for setting in settings:
                    text = marked(setting.value).strip()
                    if text and fnmatchcase(setting.name, name) and is_like(part, text):
                        yield setting.value


def file_name(path: Value, inside: str = "") -> FileName:
    """A path as the name of a file, or of one ``inside`` the folder that it is."""
    holes = path.holes if isinstance(path, Unknown) else ()
    told = (each if each.detail in _PRINTED else each.detail for each in holes)
    text = marked(path)
    return (normpath(f"{text}/{inside}" if inside else text), *told)


def _without_options(operands: Sequence[Value]) -> Sequence[Value]:
    """Operands without what may be options at their end, where two are left."""
    size = len(operands)
    while size > 2 and marked(operands[size - 1]) == HOLE:
        size -= 1
    return operands[:size]


def picked(part: Where, value: Value) -> Value | None:
    """The address in a word, or in what a program is fed."""
    met = pattern(part.within).search(marked(value)) if part.within else None
    if met is None:
        return made(part.text, value)
    if isinstance(value, Unknown):
        return made(part.text, cut_text(value, lambda _: met[1]).but(among=None))
    return made(part.text, Known(met[1], value.because, value.sensitive))


def is_like(part: Where, text: str) -> bool:
    """Whether a word may be meant."""
    return not part.like or text.startswith(HOLE) or matches(part, text)


def matches(part: Where, text: str) -> bool:
    """Whether a text is like what is meant."""
    return pattern(part.like, re.IGNORECASE).search(text) is not None


def marked(value: Value) -> str:
    """A word as a text, with a sign for each hole."""
    if isinstance(value, Known):
        return "" if value.value is None else str(value.value)
    return HOLE if value.parts is None else marked_text(value.parts)
