"""All rules of commands together: what the words and the variables of command lines say of where data goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from sovlint.model.source import Located
from sovlint.model.value import Unknown
from sovlint.rules.commands.command import CommandLine, CommandRule
from sovlint.rules.commands.run_command import RunCommand, text_of_word
from sovlint.rules.destination import Setting, Signal


class Front(Struct, frozen=True):
    """A command in front of others: words that name these, and a pattern that finds (`host`) more in its files."""

    named: tuple[Setting, ...]
    routes: str
    where: Located


class Commands:
    """All rules, by the programs that they are about."""

    __slots__ = ("_by_image", "_by_program", "_rules")

    def __init__(self, rules: Iterable[CommandRule] = ()) -> None:
        self._rules = tuple(rules)
        self._by_program: dict[str, list[CommandRule]] = {}
        self._by_image: dict[str, list[CommandRule]] = {}
        for rule in self._rules:
            for program in rule.programs:
                self._by_program.setdefault(program, []).append(rule)
            for image in rule.programs | rule.images:
                self._by_image.setdefault(image, []).append(rule)

    @property
    def of_clusters(self) -> tuple[CommandRule, ...]:
        """Those that point what follows at a cluster."""
        return tuple(rule for rule in self._rules if rule.cluster)

    def of_program(self, line: CommandLine) -> Sequence[CommandRule]:
        """The rules on the program of a command line; none: it is any program."""
        program = text_of_word(line.words[0]).rpartition("/")[2] if line.words else ""
        return self._by_program.get(program, ()) or self._by_image.get(line.image, ())

    def given_by(self, line: CommandLine) -> frozenset[str]:
        """The flags by which the program of a line gives settings to what it builds or installs."""
        return frozenset[str]().union(*(rule.gives for rule in self.of_program(line)))

    def signals(
        self,
        lines: Iterable[CommandLine],
        environment: Sequence[Setting],
        doubts: Sequence[Unknown] = (),
    ) -> Iterator[Signal]:
        """Where the commands of one container send data. ``doubts``: why there may be variables that aren't known."""
        met = [each for line in lines for each in self._met(line, environment, doubts)]
        told = {each.rule.id for each in met}
        for each in met:
            if not each.rule.told_by & told:
                yield from each.signals()

    def fronts(
        self, lines: Iterable[CommandLine], environment: Sequence[Setting]
    ) -> Iterator[Front]:
        """What stands in front of something else, of what one container runs."""
        for line in lines:
            for each in self._met(line, environment, (), fronts=True):
                if any(each.signals()):
                    yield Front(tuple(each.behind()), each.rule.routes, line.where)

    def _met(
        self,
        line: CommandLine,
        environment: Sequence[Setting],
        doubts: Sequence[Unknown],
        fronts: bool = False,
    ) -> Iterator[RunCommand]:
        """The rules that a line meets; ``fronts``: only those of what stands in front of others."""
        program = text_of_word(line.words[0]).rpartition("/")[2] if line.words else ""
        tries = [
            (rule, program, line.words[1:]) for rule in self._by_program.get(program, ())
        ]
        tries += [
            (rule, line.image, line.words) for rule in self._by_image.get(line.image, ())
        ]
        for rule, title, words in tries:
            if fronts and not rule.behind:
                continue
            command = RunCommand(line, rule, title, (*line.settings, *environment), doubts)
            if command.parse(words) and command.is_meant():
                yield command
