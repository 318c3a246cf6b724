"""What pipelines, Makefiles and scripts give templates of stacks that they deploy: parameters, files of them, regions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, join, normpath
from typing import Final

from sovlint.documents.interpolation import WRITTEN
from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.folders import FolderLine
from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Located, SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Value
from sovlint.rules.commands.commands import DeployedStack
from sovlint.rules.files.configuration import Entry
from sovlint.rules.hints import Hints
from sovlint.settings.declared import StackGiven

_FILE: Final = "file://"
_NAME, _VALUE = "ParameterKey", "ParameterValue"
_ALL: Final = "Parameters"


def given(reader: Reader, hints: Hints) -> Mapping[str, StackGiven]:
    """By the path of the template."""
    found: dict[str, StackGiven] = {}
    for run in runs(reader, hints, with_any(hints.deployments.stack_marks)):
        for line in run.lines:
            for stack in hints.deployments.stacks(line.line, tuple(run.variables.values())):
                for path in _templates(stack, run, line, reader):
                    _add(found.setdefault(path, StackGiven()), stack, run, line, reader)
    return found


def _add(
    told: StackGiven, stack: DeployedStack, run: PipelineRun, line: FolderLine, reader: Reader
) -> None:
    for value in stack.parameters:
        where = _where(value, stack.where)
        text = plain(value) or ""
        if text.startswith(_FILE) or text.endswith(".json"):
            for path in _paths(text.removeprefix(_FILE), run, line, reader):
                told.parameters += _of_file(path, reader)
        else:
            told.parameters.append(Entry((), value, where))
    if stack.region is not None:
        told.regions.append(Entry((), stack.region, _where(stack.region, stack.where)))


def _where(value: Value, otherwise: Located) -> Located:
    step = value.because
    return otherwise if step is None or step.where is None else step.where


def _templates(
    stack: DeployedStack, run: PipelineRun, line: FolderLine, reader: Reader
) -> Sequence[str]:
    """The templates of the repository that a command may mean: of one that is built, what it was built of."""
    named = "" if stack.template is None else (plain(stack.template) or HOLE)
    found = _paths(named.removeprefix(_FILE), run, line, reader) if named else ()
    if found or (named and basename(named) not in stack.usual):
        return found
    return next((met for each in stack.usual if (met := _paths(each, run, line, reader))), ())


def _paths(named: str, run: PipelineRun, line: FolderLine, reader: Reader) -> Sequence[str]:
    """The files of the repository that a path means, from where the command runs."""
    if HOLE in named:
        return ()
    folder = "" if HOLE in line.folder else line.folder
    paths = (normpath(join(base, folder, named)) for base in run.bases)
    return [
        path for path in dict.fromkeys(paths) if isinstance(reader.read(path), SourceFile)
    ]


def _of_file(path: str, reader: Reader) -> Iterator[Entry]:
    """The parameters of a file, each as ``Name=value``."""
    file = reader.read(path)
    try:
        data = json.loads(file.data) if isinstance(file, SourceFile) else None
    except (ValueError, RecursionError):
        return
    if isinstance(data, dict):
        data = data.get(_ALL, data)
    if isinstance(data, dict):
        pairs = list(data.items())
    else:
        pairs = [_pair(each) for each in data] if isinstance(data, list) else []
    if isinstance(file, SourceFile):
        for name, value in pairs:
            if isinstance(name, str) and isinstance(value, str | int | bool):
                where = _line_of(name, file)
                text = Known(f"{name}={value}", Step(where, Note(WRITTEN)))
                yield Entry((), text, where)


def _line_of(name: str, file: SourceFile) -> Span:
    number = next((number for number, line in file.lines() if f'"{name}' in line), 1)
    return Span(file.path, number, 1, number, 1)


def _pair(told: object) -> tuple[object, object]:
    """One of a list of parameters."""
    if isinstance(told, dict):
        return told.get(_NAME), told.get(_VALUE)
    name, _, value = str(told).partition("=")
    return name, value
