"""All rules of commands together: what the words and the variables of command lines say of where data goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.decoding import grouped, pattern
from sovlint.model.partial.holes import HOLE, joined_pieces
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.commands.command import CommandLine, CommandRule, Where, written_at
from sovlint.rules.commands.kept import SetBefore, about, set_by, set_in
from sovlint.rules.commands.words import ParsedCommand, marked, matches, picked
from sovlint.rules.destination import (
    NOTHING,
    Destination,
    Setting,
    Signal,
    Told,
    ToldAddress,
    sends,
)
from sovlint.rules.names.signatures import Signatures


class Front(Struct, frozen=True):
    """A command in front of others: words that name these, and a pattern that finds (`host`) more in its files."""

    named: tuple[Setting, ...]
    routes: str
    where: Located


class DeployedStack(Struct, frozen=True):
    """A template that a command deploys: its path, or else the usual names, and what it is given."""

    template: Value | None
    usual: Sequence[str]
    parameters: tuple[Value, ...]
    region: Value | None
    where: Located


class BuiltImage(Struct, frozen=True):
    """What a command or an action builds: the names of the image, the file that says how, and the folder."""

    names: tuple[Value, ...]
    file: Value | None
    context: Value | None


class Commands:
    """All rules, by the programs that they are about; looked at where a command line is met."""

    def __init__(
        self,
        rules: Collection[CommandRule] = (),
        signatures: Signatures | None = None,
        files: Commands | None = None,
    ) -> None:
        self._signatures = signatures
        self._files = files
        self._rules = rules

    @cached_property
    def _plain(self) -> Sequence[CommandRule]:
        """Those on programs that do something themselves."""
        return [rule for rule in self._rules if rule.runs is None]

    @cached_property
    def _by_program(self) -> Mapping[str, Sequence[CommandRule]]:
        return grouped((program, rule) for rule in self._plain for program in rule.programs)

    @cached_property
    def _by_image(self) -> Mapping[str, Sequence[CommandRule]]:
        return grouped(
            (image, rule) for rule in self._plain for image in rule.programs | rule.images
        )

    @cached_property
    def _running(self) -> Mapping[str, Sequence[CommandRule]]:
        """Those on programs that run others."""
        return grouped(
            (program, rule)
            for rule in self._rules
            if rule.runs is not None
            for program in rule.programs
        )

    @cached_property
    def _setting(self) -> Mapping[str, Sequence[CommandRule]]:
        """Those that set something for commands that come later."""
        return grouped(
            (program, rule)
            for rule in self._plain
            if rule.sets or rule.writes is not None
            for program in rule.programs
        )

    @cached_property
    def _of_files(self) -> Sequence[CommandRule]:
        others = () if self._files is None else self._files._of_files
        return [*(rule for rule in self._rules if rule.files), *others]

    @property
    def of_clusters(self) -> tuple[CommandRule, ...]:
        """Those that point what follows at a cluster."""
        return tuple(rule for rule in self._rules if rule.cluster)

    def of_program(self, line: CommandLine) -> Sequence[CommandRule]:
        """The rules on the program of a command line; none: it is any program."""
        return self._on_program(line) or self._by_image.get(line.image, ())

    def _on_program(self, line: CommandLine) -> Sequence[CommandRule]:
        is_file = bool(line.words) and "/" in marked(line.words[0])
        found = self._by_program.get(_program(line), ())
        return [rule for rule in found if not (rule.bare and is_file)]

    def running(self, program: str) -> Sequence[CommandRule]:
        """The rules by which a program runs another one."""
        return self._running.get(program, ())

    def giving(self, line: CommandLine) -> Iterator[tuple[CommandRule, Value | None]]:
        """The rules by which the command of a line gives settings to what it builds, installs or runs, and what names
        that."""
        for rule in self.of_program(line):
            if rule.gives:
                command = ParsedCommand(line, rule, _program(line), (), ())
                if command.parse(line.words[1:]):
                    names = (each for part in rule.given_to for each in command.words(part))
                    yield rule, next(names, None)

    def signals(
        self,
        lines: Iterable[CommandLine],
        environment: Sequence[Setting],
        doubts: Sequence[Unknown] = (),
        kept: SetBefore | None = None,
    ) -> Iterator[Signal]:
        """Where the commands of one container send data. ``doubts``: why there may be variables that aren't known;
        ``kept``: what commands before them have set on the same machine, which gets what these set."""
        kept = SetBefore() if kept is None else kept
        met: list[ParsedCommand] = []
        for line in lines:
            met += self._met(line, environment, doubts, kept)
            self.keep(line, environment, kept)
        told = {each.rule.id for each in met}
        for each in met:
            if not each.rule.told_by & told:
                yield from self._signals(each)

    def keep(
        self, line: CommandLine, environment: Sequence[Setting], kept: SetBefore
    ) -> None:
        """What a command sets for those after it, by its words or by the file that it writes."""
        program = _program(line)
        for rule in self._setting.get(program, ()):
            settings = (*line.settings, *environment)
            command = ParsedCommand(line, rule, program, settings, ())
            if command.parse(line.words[1:]) and command.is_meant():
                kept.add(set_by(command, self._of_files))
        if line.writes is not None:
            kept.write(line)
            kept.add(set_in(line, (*line.settings, *environment), self._of_files, kept))

    def keeps(self, path: str, environment: Sequence[Setting]) -> bool:
        """Whether a file says what commands go by."""
        return any(about(path, environment, self._of_files))

    def fronts(
        self, lines: Iterable[CommandLine], environment: Sequence[Setting]
    ) -> Iterator[Front]:
        """What stands in front of something else, of what one container runs."""
        for line in lines:
            for each in self._met(line, environment, (), SetBefore()):
                if each.rule.behind and any(self._signals(each)):
                    yield Front(tuple(_behind(each)), each.rule.routes, line.where)

    @property
    def stack_marks(self) -> tuple[bytes, ...]:
        """Texts without one of which no file has a command that deploys a template."""
        return tuple(
            mark.encode()
            for rule in self._rules
            if rule.stack is not None
            for mark in rule.stack.marks
        )

    def pushed(self, line: CommandLine, environment: Sequence[Setting]) -> Iterator[Value]:
        """The images that a command puts into a registry."""
        for command in self._met(line, environment, (), SetBefore()):
            for part in command.rule.pushes:
                yield from (
                    value
                    for each in command.words(part)
                    if (value := picked(part, each)) is not None
                )

    @property
    def pushing(self) -> frozenset[str]:
        """The programs of which a command puts images into a registry."""
        return frozenset(
            program for rule in self._rules if rule.pushes for program in rule.programs
        )

    @property
    def build_marks(self) -> frozenset[bytes]:
        """Texts without one of which no file has a command that builds an image."""
        rules = (rule.builds for rule in self._rules if rule.builds is not None)
        return frozenset(mark.encode() for each in rules for mark in each.marks)

    def built(
        self, line: CommandLine, environment: Sequence[Setting]
    ) -> Iterator[BuiltImage]:
        """The images that a command builds."""
        for command in self._met(line, environment, (), SetBefore()):
            words = command.rule.builds
            if words is not None:
                yield BuiltImage(
                    tuple(command.words(words.image)),
                    next(command.words(words.file), None),
                    next(command.words(words.context), None),
                )

    def stacks(
        self, line: CommandLine, environment: Sequence[Setting]
    ) -> Iterator[DeployedStack]:
        """The templates that a command deploys, and what it gives them."""
        for command in self._met(line, environment, (), SetBefore()):
            words, region = command.rule.stack, command.rule.region
            if words is not None:
                yield DeployedStack(
                    next(command.words(words.template), None),
                    words.usual,
                    tuple(command.words(words.parameters) if words.parameters else ()),
                    None if region is None else next(command.written(region), None),
                    line.where,
                )

    def _met(
        self,
        line: CommandLine,
        environment: Sequence[Setting],
        doubts: Sequence[Unknown],
        kept: SetBefore,
    ) -> Iterator[ParsedCommand]:
        program = _program(line)
        tries = [(rule, program, line.words[1:]) for rule in self._on_program(line)]
        tries += [
            (rule, line.image, line.words) for rule in self._by_image.get(line.image, ())
        ]
        for rule, title, words in tries:
            settings = (*line.settings, *environment)
            command = ParsedCommand(line, rule, title, settings, doubts)
            if command.parse(words):
                read = self._read_by(command)
                held = kept if read is None else kept.with_file(command, read)
                command.kept = held.at(line, command.profile)
                if command.is_meant():
                    yield command

    def _read_by(self, command: ParsedCommand) -> CommandRule | None:
        """The rule on the file that a command is told to read; ``None`` where it is told none."""
        reads = command.rule.reads
        if reads is None or command.file is None:
            return None
        return next((rule for rule in self._of_files if rule.id == reads.like), None)

    def files_of(self, line: CommandLine, environment: Sequence[Setting]) -> Iterator[Value]:
        """The files that the command of a line is told to read."""
        for rule in self.of_program(line):
            if rule.reads is not None:
                command = ParsedCommand(line, rule, "", (*line.settings, *environment), ())
                command.parse(line.words[0 if line.image else 1 :])
                inside = Known(rule.reads.inside and f"/{rule.reads.inside}")
                for named in command.written(rule.reads.named):
                    yield joined_pieces([named, inside], named.because)

    def _signals(self, command: ParsedCommand) -> Iterator[Signal]:
        """Where a command sends data."""
        rule = command.rule
        for part in rule.target:
            targets = list(command.words(part)) or list(command.variables(part))
            for target in targets:
                for sent in _sends(command, part, target, self._by_name(command, target)):
                    yield Signal(sent, rule.link, rule.back, rule.id)
            if targets:
                return

    def _by_name(self, command: ParsedCommand, target: Value) -> Destination:
        """The rule of a command, with whose address it is where only the name of a variable says that."""
        rule, name = command.rule, command.line.name_of(target)
        if not name or rule.company is not None or self._signatures is None:
            return rule
        setting = Setting(name, target, command.line.where)
        for signal in self._signatures.signals([setting]):
            company = signal.sent.provider or signal.sent.usual
            if company is not None:
                return replace(rule, company=company, only=signal.sent.provider is not None)
        return rule


def _behind(command: ParsedCommand) -> Iterator[Setting]:
    """What it stands in front of, as far as words and variables say."""
    for part in command.rule.behind:
        for value in command.written(part):
            yield Setting(command.title, value, written_at(value, command.line))


def _program(line: CommandLine) -> str:
    return marked(line.words[0]).rpartition("/")[2] if line.words else ""


def _sends(
    command: ParsedCommand, part: Where, target: Value, rule: Destination
) -> Iterator[Sent]:
    """Where it sends data by one word."""
    value: Value | None = target
    if not part.like or matches(part, marked(target)):
        own = command.rule
        is_address = own.address is None and (own.company is None or part.text != "{}")
        value = picked(part, target) if is_address else _address(command)
    elif rule is command.rule:  # it may be something else
        rule = replace(rule, company=None)
    if value is None:
        return
    if part.text != "{}":  # the text that is made of it is the company's
        rule = replace(rule, only=True)
    at = Setting(command.title, target, written_at(target, command.line))
    region = _region(command, target)
    silent = isinstance(value, Known) and value.value is None
    told = Told(
        addresses=() if silent else [ToldAddress(at, value)],
        holder=at if silent else None,
        regions=() if region is None else [Setting(command.title, region, at.where)],
        names=target if command.rule.cluster else None,
    )
    yield from sends(rule, told)


def _address(command: ParsedCommand) -> Value | None:
    """The address that is written; nothing without one, unless a variable may name it."""
    rule = command.rule
    part = rule.address or Where()
    for value in command.written(part):
        return picked(part, value)
    may_be_told = (part.environment and not part.shown) or (part.flags and command.is_open)
    if command.doubts and may_be_told:
        return _doubted(command.doubts[0], rule.company, part)
    return NOTHING


def _region(command: ParsedCommand, target: Value) -> Value | None:
    part = command.rule.region
    if part is None:
        return None
    met = pattern(part.within).search(marked(target)) if part.within else None
    if met is not None and HOLE not in met[1]:
        return Known(met[1], target.because)
    return next(command.written(part), None)


def _doubted(doubt: Unknown, company: str | None, part: Where) -> Unknown:
    """A doubt, and whose endpoint it is unless one of the variables that it is about names another."""
    if company is None or doubt.note is not None:
        return doubt
    return doubt.but(
        note=Note("model.usual-endpoint", {"company": company, "names": part.environment})
    )
