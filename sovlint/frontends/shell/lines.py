"""What a container runs, from its words: the program itself, or the commands of a script that a shell gets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.frontends.shell.files import SHELLS, Argument, ContainerFiles
from sovlint.frontends.shell.script import MAX_DEPTH, Command, Script
from sovlint.frontends.shell.variables import ScriptPlace, Text, Variables, text_of
from sovlint.model.source import Located
from sovlint.model.value import Because, Value
from sovlint.rules.command import CommandLine
from sovlint.rules.destination import Setting

_RUNNING: Final = {
    "exec": 0, "env": 0, "sudo": 0, "nohup": 0, "command": 0, "tini": 0, "dumb-init": 0, "catatonit": 0, "nice": 0,
    "ionice": 0, "stdbuf": 0, "xargs": 0, "time": 0, "doas": 0, "setsid": 0, "busybox": 0, "timeout": 1, "gosu": 1,
    "su-exec": 1, "flock": 1, "chroot": 1,
}  # fmt: skip
"""Programs that run the one that their words name, and how many operands stand before that."""
_WITH_VALUE: Final = frozenset({"-n", "-u", "-I", "-P", "-L", "-s", "-k", "-a", "-E", "-g"})
"""Flags of those that take a value."""

_SCRIPT_FOLLOWS: Final = re.compile(r"-[a-zA-Z]*c|--command")
_VARIABLE: Final = re.compile(r"([A-Za-z_]\w*)=")


class Ran(Struct, frozen=True):
    """What runs: command lines, the variables that scripts set for all that follows, and those of their container that
    a script that isn't here may set (``lost``)."""

    lines: tuple[CommandLine, ...] = ()
    exported: tuple[Setting, ...] = ()
    lost: tuple[Setting, ...] = ()


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
    image: str,
    environment: Mapping[str, Setting],
    is_open: bool,
    files: ContainerFiles | None = None,
) -> Ran:
    """What a container runs. ``image``: the short name of its image, where that may have the program; ``is_open``:
    whether there may be variables besides ``environment``."""
    if not arguments:
        return Ran()
    settings: dict[str, Text] = {}
    words = _stripped([text_of(each.value) for each in arguments], settings)
    kept = arguments[len(arguments) - len(words) :]
    script = _script_at(words, image != "")
    held = files or ContainerFiles()
    given = kept[script] if script is not None else held.run_by(words)
    where, because = arguments[0].where, arguments[0].value.because
    line = CommandLine(
        tuple(each.value for each in kept), where, _settings(settings, where, because), image
    )
    if given is None:
        return Ran((line,))
    variables = Variables(environment, is_open)
    lines = tuple(
        _of_text(
            text_of(given.script),
            ScriptPlace(given.where, given.script.because, given.lines),
            variables,
            held,
            0,
        )
    )
    own = lines if script is not None else (line, *lines)
    return Ran(own, tuple(variables.exported.values()), tuple(variables.lost.values()))


def _of_text(
    source: Text, place: ScriptPlace, variables: Variables, files: ContainerFiles, depth: int
) -> Iterator[CommandLine]:
    for command in Script(source, variables, place, files).read():
        yield from _of_command(command, variables, files, depth)


def _of_command(
    command: Command, variables: Variables, files: ContainerFiles, depth: int
) -> Iterator[CommandLine]:
    where, because = command.place.where, command.place.because
    settings = dict(command.settings)
    words = _stripped(command.words, settings)
    script = _script_at(words, False)
    held = files.run_by(words) if script is None else None
    if script is not None and depth < MAX_DEPTH:
        yield from _of_text(words[script], command.place, variables, files, depth + 1)
    elif words or settings:
        yield CommandLine(
            tuple(each.value(because) for each in words),
            where,
            _settings(settings, where, because),
        )
    if held is not None and variables.may_call():
        inner = ScriptPlace(held.where, held.script.because, held.lines)
        yield from _of_text(text_of(held.script), inner, variables, files, depth + 1)


def _settings(
    settings: Mapping[str, Text], where: Located, because: Because
) -> tuple[Setting, ...]:
    return tuple(
        Setting(name, value.value(because), where) for name, value in settings.items()
    )


def _stripped(words: list[Text], settings: dict[str, Text]) -> list[Text]:
    """The words from the program that really runs on; variables that ``env`` sets go to ``settings``."""
    while words and (name := words[0].text.rpartition("/")[2]) in _RUNNING:
        operands, at = _RUNNING[name], 1
        while at < len(words):
            text = words[at].text
            met = _VARIABLE.match(text)
            if text.startswith("-"):
                at += 2 if text in _WITH_VALUE else 1
            elif met is not None:
                settings[met[1]] = words[at].after(met.end())
                at += 1
            elif operands:
                operands, at = operands - 1, at + 1
            else:
                break
        words = words[at:]
    return words


def _script_at(words: Sequence[Text], may_begin: bool) -> int | None:
    """Which word is a script that a shell runs. ``may_begin``: whether the shell may be the image's own program."""
    if not words:
        return None
    is_shell = words[0].text.rpartition("/")[2] in SHELLS
    if not is_shell and not (may_begin and _SCRIPT_FOLLOWS.fullmatch(words[0].text)):
        return None
    for index, word in enumerate(words):
        if _SCRIPT_FOLLOWS.fullmatch(word.text):
            rest = range(index + 1, len(words))
            return next((each for each in rest if not words[each].text.startswith("-")), None)
    return None
