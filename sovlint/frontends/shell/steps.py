"""A step of a pipeline -> its command lines, in order. Nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.frontends.shell.files import Argument, ContainerFiles, Lines
from sovlint.frontends.shell.lines import ran
from sovlint.model.source import Located
from sovlint.model.value import Known, Value
from sovlint.rules.commands.command import CommandLine
from sovlint.rules.commands.commands import Commands
from sovlint.rules.destination import Setting
from sovlint.rules.files.task import StepHere

_SHELL: Final = Known("sh"), Known("-c")


def variables_of(step: StepHere) -> dict[str, Setting]:
    """The variables that a step is given, by name."""
    return {
        name: Setting(name, given.value, given.where)
        for name, given in step.variables.items()
    }


def lines_of_step(
    step: StepHere,
    commands: Commands,
    environment: dict[str, Setting],
    files: ContainerFiles | None = None,
    written: list[Setting] | None = None,
) -> Iterator[CommandLine]:
    """The command lines of a step in order, by rules on programs; ``environment`` gets what scripts export, ``written``
    all that they ever export or write into files of variables. ``files``: scripts that it may start."""
    for script in step.scripts:
        yield from lines_of_script(
            script.value, script.where, commands, environment, None, files, written
        )
    if step.words:
        words = [Argument(each.value, each.value, each.where) for each in step.words]
        run = ran(words, commands, "", environment, True, files)
        if written is not None:
            written += run.written
        yield from run.lines


def lines_of_script(
    script: Value,
    where: Located,
    commands: Commands,
    environment: dict[str, Setting],
    lines: Lines | None = None,
    files: ContainerFiles | None = None,
    written: list[Setting] | None = None,
) -> Iterator[CommandLine]:
    """The command lines of a script in order; ``environment`` gets what it exports, ``written`` all that it ever exports
    or writes into files of variables. ``lines``: where each line of it is, if that can be told; ``files``: scripts that
    it may start."""
    words = [Argument(word, word, where) for word in _SHELL]
    words.append(Argument(script, script, where, lines))
    run = ran(words, commands, "", environment, True, files)
    environment.update({each.name: each for each in (*run.lost, *run.exported)})
    if written is not None:
        written += run.written
    yield from run.lines
