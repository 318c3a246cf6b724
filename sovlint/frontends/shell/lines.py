"""What a container runs, from its words: the program itself, or the commands of a script that a shell gets."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.indirect import (
    reads_input,
    run_by,
    script_at,
    stripped,
    without_list,
)
from sovlint.frontends.shell.language.command import Command
from sovlint.frontends.shell.language.script import MAX_NESTING, Script
from sovlint.frontends.shell.language.variables import ScriptPlace, Text, Variables, text_of
from sovlint.frontends.shell.language.written import written_text
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Located
from sovlint.model.value import Because, Value
from sovlint.rules.commands.command import CommandLine, WrittenFile
from sovlint.rules.commands.commands import Commands
from sovlint.rules.destination import Setting

MAX_LINES: Final = 8_000
"""Of what runs more commands, no further ones are read."""

_INNER: Final = 4
"""So much deeper a script stands than the command that runs it: Python counts calls."""


class Ran(Struct, frozen=True):
    """What runs: command lines, the variables that scripts set for all that follows, and those of their container that
    a script that isn't here may set (``lost``). ``written``: all that they export or write into files of variables."""

    lines: tuple[CommandLine, ...] = ()
    exported: tuple[Setting, ...] = ()
    lost: tuple[Setting, ...] = ()
    written: tuple[Setting, ...] = ()


def split(value: Value) -> list[Value]:
    """The words of a command line that is written as one text; nothing in it is filled in."""
    text = text_of(value)
    try:
        words = shlex.split(text.text)
    except ValueError:
        words = text.text.split()
    return [Text(word, text.doubt, text.sensitive).value(value.because) for word in words]


def ran(
    arguments: Sequence[Argument],
    commands: Commands,
    image: str,
    environment: Mapping[str, Setting],
    is_open: bool,
    files: ContainerFiles | None = None,
) -> Ran:
    """What a container runs. ``commands``: rules on programs; ``image``: the short name of its image, where that may have
    the program; ``is_open``: whether there may be variables besides ``environment``."""
    if not arguments:
        return Ran()
    settings: dict[str, Text] = {}
    words = stripped([text_of(each.value) for each in arguments], settings, commands)
    kept = arguments[len(arguments) - len(words) :]
    script = script_at(words, image != "")
    held = files or ContainerFiles()
    given = kept[script] if script is not None else held.run_by(words, held.folder)
    where, because = arguments[0].where, arguments[0].value.because
    line = CommandLine(
        tuple(each.value for each in kept), where, _settings(settings, where, because), image
    )
    variables = Variables(environment, is_open)
    variables.folder = held.folder
    reading = _Reading(variables, held, commands)
    if given is None:
        reading.add(line)
        reading.inner(words, ScriptPlace(where, because), 0)
        return Ran(tuple(reading.lines))
    if script is None:
        reading.lines.append(line)
    variables.parameters = _parameters(words, script)
    variables.script = variables.source = given.own
    place = ScriptPlace(given.where, given.script.because, given.lines)
    reading.text(text_of(given.script), place, 0)
    return Ran(
        tuple(reading.lines),
        tuple(variables.exported.values()),
        tuple(variables.lost.values()),
        tuple(variables.written),
    )


def _parameters(words: Sequence[Text], script: int | None) -> Sequence[Text] | None:
    """What a script is called with, where its words say it: behind the script itself, its name first."""
    if script is None:
        return None
    return words[script + 2 :] or None


class _Reading:
    """Command lines of what runs, in order, and the variables that it sets on the way."""

    def __init__(
        self, variables: Variables, files: ContainerFiles, commands: Commands
    ) -> None:
        self._commands = commands
        self.lines: list[CommandLine] = []
        self._variables = variables
        self._files = files

    def text(self, source: Text, place: ScriptPlace, depth: int) -> None:
        """All commands of a script."""
        emit = self.command
        Script(source, self._variables, place, self._files, emit, depth).read()

    def command(self, command: Command) -> None:
        """One command, and what it runs."""
        if len(self.lines) >= MAX_LINES:
            return
        where, because = command.place.where, command.place.because
        settings = dict(command.settings)
        words = without_list(stripped(command.words, settings, self._commands))
        script = script_at(words, False)
        if script is None and (words or settings):
            fed = None if command.input is None else command.input.value(because)
            values = tuple(each.value(because) for each in words)
            kept = _settings(settings, where, because)
            line = CommandLine(values, where, kept, command.image, fed, command.branch)
            file, names = _file(command, because), tuple(each.begins_with for each in words)
            by = None if command.fed_by is None else command.fed_by.value(because)
            self.add(replace(line, shell=command.shell, reads=by, writes=file, names=names))
        if command.depth + _INNER < MAX_NESTING and self._variables.may_go_on():
            self._followed(command, words, script)

    def add(self, line: CommandLine) -> None:
        """One more line, behind the files that its command is told to read, as if they had been written before it."""
        for path in self._commands.files_of(line, self._variables.settings):
            held = self._files.file(text_of(path), self._variables.folder)
            if held is not None:
                self.lines.append(written_file(path, held.value, held.where))
        self.lines.append(line)

    def _followed(self, command: Command, words: list[Text], script: int | None) -> None:
        depth, place = command.depth + _INNER, command.place
        variables = self._variables
        held = self._files.run_by(words, variables.folder) if script is None else None
        fed = command.input
        if script is not None:
            self._apart(words[script], place, depth, words[script + 2 :] or None)
        elif held is not None and self._variables.may_call():
            inner = ScriptPlace(held.where, held.script.because, held.lines)
            outer = variables.script, variables.source
            variables.script = variables.source = held.own
            self._apart(text_of(held.script), inner, depth, None)
            variables.script, variables.source = outer
        elif fed is not None and fed.text != HOLE and reads_input(words):
            self._apart(fed, place, depth, None)
        self.inner(words, place, depth, fed)

    def inner(
        self, words: list[Text], place: ScriptPlace, depth: int, fed: Text | None = None
    ) -> None:
        """What a program runs by the way."""
        for each in run_by(words):
            inner = Command(each.words, each.settings, place, fed, each.image, depth=depth)
            inner.branch, inner.shell = self._variables.branch, self._variables.shell
            self.command(inner)

    def _apart(
        self, text: Text, place: ScriptPlace, depth: int, parameters: Sequence[Text] | None
    ) -> None:
        """A script in a shell of its own: it has no functions of this one, and what it sets is its own."""
        variables = self._variables
        functions, given = variables.functions, variables.parameters
        variables.functions, variables.parameters = {}, parameters
        variables.enter()
        with variables.apart():
            self.text(text, place, depth)
        variables.leave()
        variables.functions, variables.parameters = functions, given


def _file(command: Command, because: Because) -> WrittenFile | None:
    """The file that a command writes."""
    if command.file is None:
        return None
    return WrittenFile(command.file.value(because), written_text(command).value(because))


def written_file(path: Value, text: Value, where: Located) -> CommandLine:
    """A file that is there from the beginning, as if a command had written it."""
    return CommandLine((), where, writes=WrittenFile(path, text))


def _settings(
    settings: Mapping[str, Text], where: Located, because: Because
) -> tuple[Setting, ...]:
    return tuple(
        Setting(name, value.value(because), where) for name, value in settings.items()
    )
