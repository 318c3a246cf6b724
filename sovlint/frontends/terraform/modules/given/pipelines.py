"""What pipelines, Makefiles and scripts hand to Terraform: ``-var``, ``-var-file``, ``TF_VAR_*``."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, join
from typing import Final

from sovlint.documents.interpolation import WRITTEN
from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.folders import FolderLine
from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.frontends.terraform.modules.given.rows import (
    Handed,
    NamedFile,
    OtherValue,
    folder_of,
)
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Located, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Value
from sovlint.rules.commands.command import written_at
from sovlint.rules.destination import Setting
from sovlint.rules.files.task import StepHere
from sovlint.rules.hints import Hints

MARKS: Final = (b"TF_VAR_", b"-var")
"""A file without any of these hands nothing to Terraform."""

_PROGRAMS: Final = frozenset({"terraform", "tofu"})
_APPLYING: Final = frozenset({"plan", "apply", "import", "refresh", "console", HOLE, "init"})
_WORKS: Final = frozenset({"plan", "apply"})
_DESTROYS: Final = frozenset({"destroy", "--destroy", "-destroy"})
_VARIABLE: Final = "TF_VAR_"
_FOLDER: Final = "chdir"
_OPTIONS: Final = ("var", "var-file", _FOLDER)
_FOLDER_INPUTS: Final = (
    "workingdirectory",
    "working-directory",
    "working_directory",
    "path",
    "dir",
)


def handed(reader: Reader, hints: Hints) -> Iterator[Handed]:
    """All that is handed to Terraform, run by run."""
    for run in runs(reader, hints, with_any(MARKS)):
        environment = tuple(_of_environment(run.variables))
        below = "" if run.is_pipeline else run.bases[0]
        met = False
        for line in _terraform(run):
            found = _of_line(line, run, environment)
            met = met or bool(environment)
            yield found
        if run.step is not None:
            yield from _of_inputs(run.step, run)
        printed = [*_printed(run), *(() if met else environment)]
        if printed:
            yield Handed(run.path, _folders(run, run.folder), tuple(printed), (), below)


def _terraform(run: PipelineRun) -> Iterator[FolderLine]:
    """The command lines by which values count: of Terraform, or of a script that is called like it and hands them on.
    In which folder such a script runs Terraform isn't known."""
    for each in run.lines:
        words = [_text(word) for word in each.line.words]
        program = basename(words[0]) if words else ""
        commands = [word for word in words[1:] if not word.startswith("-")]
        if program in _PROGRAMS:
            if commands and commands[0] in _APPLYING:
                yield each
        elif program.startswith(tuple(_PROGRAMS)) and _DESTROYS.isdisjoint(words):
            yield FolderLine(each.line, HOLE)


def applied_in(run: PipelineRun) -> Iterator[tuple[str, Span]]:
    """The folders in which a run plans or applies what is there, with holes, and where that is written."""
    for each in _terraform(run):
        words = [_text(word) for word in each.line.words]
        if basename(words[0]) in _PROGRAMS and not _WORKS.isdisjoint(words):
            where = written_at(each.line.words[0], each.line).span()
            for folder in _folders(run, _folder(each)):
                yield folder, where


def _folder(each: FolderLine) -> str:
    """Where a command line of Terraform runs."""
    folder = each.folder
    for name, text, _ in _options(each.line.words[1:]):
        folder = join(folder, text) if name == _FOLDER else folder
    return folder


def _of_line(
    each: FolderLine, run: PipelineRun, environment: tuple[OtherValue, ...]
) -> Handed:
    options = list(_options(each.line.words[1:]))
    own = tuple(_of_environment({one.name: one for one in each.line.settings}))
    given = [
        _option(text, written_at(word, each.line))
        for name, text, word in options
        if name == "var"
    ]
    files = tuple(
        NamedFile(text, written_at(word, each.line))
        for name, text, word in options
        if name == "var-file"
    )
    values = (*environment, *own, *(one for one in given if one is not None))
    below = "" if run.is_pipeline else run.bases[0]
    return Handed(run.path, _folders(run, _folder(each)), values, files, below)


def _folders(run: PipelineRun, folder: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folder_of(base, folder) for base in run.bases))


def _options(words: Sequence[Value]) -> Iterator[tuple[str, str, Value]]:
    """The options that bear on values: which one, its text, and the word that it stands in."""
    waiting: str | None = None
    for word in words:
        text = _text(word)
        if waiting is not None:
            yield waiting, text, word
            waiting = None
            continue
        name, sign, rest = text.lstrip("-").partition("=")
        if text.startswith("-") and name in _OPTIONS:
            if sign:
                yield name, rest, word
            else:
                waiting = name


def _option(text: str, where: Located) -> OtherValue | None:
    name, sign, value = text.partition("=")
    if not sign or HOLE in name:
        return None
    return OtherValue(name, where, None if HOLE in value else value)


def _of_environment(variables: Mapping[str, Setting]) -> Iterator[OtherValue]:
    for name, setting in variables.items():
        if name.startswith(_VARIABLE):
            text = _text(setting.value)
            known = None if HOLE in text else text
            yield OtherValue(name.removeprefix(_VARIABLE), setting.where, known, wins=False)


def _printed(run: PipelineRun) -> Iterator[OtherValue]:
    """``echo "TF_VAR_a=b" >> $GITHUB_ENV``: what later steps get."""
    for each in run.lines:
        words = [_text(word) for word in each.line.words]
        if words and words[0] in ("echo", "printf"):
            for word, text in zip(each.line.words, words, strict=True):
                found = _option(text, written_at(word, each.line))
                if text.startswith(_VARIABLE) and found is not None:
                    name = found.name.removeprefix(_VARIABLE)
                    yield OtherValue(name, found.where, found.text, wins=False)


def _of_inputs(step: StepHere, run: PipelineRun) -> Iterator[Handed]:
    """Options of Terraform in inputs of an action (``commandOptions: -var-file=prod.tfvars``), and a variable that a
    step sets for those after it (``env: {name: TF_VAR_a, value: b}``)."""
    folders = [step.inputs[name] for name in _FOLDER_INPUTS if name in step.inputs]
    folder = _text(folders[0].value) if folders else run.folder
    words = [
        (word, given.where)
        for given in step.inputs.values()
        for word in _words(_text(given.value))
    ]
    options = list(_split_options(words))
    values = [_option(text, where) for name, text, where in options if name == "var"]
    files = [NamedFile(text, where) for name, text, where in options if name == "var-file"]
    name, value = step.inputs.get("name"), step.inputs.get("value")
    if name is not None and value is not None:
        setting = Setting(_text(name.value), value.value, value.where)
        values += _of_environment({setting.name: setting})
    kept = tuple(each for each in values if each is not None)
    if kept or files:
        yield Handed(run.path, _folders(run, folder), kept, tuple(files))


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _split_options(
    words: Sequence[tuple[str, Located]],
) -> Iterator[tuple[str, str, Located]]:
    values: list[Value] = [Known(word, Step(where, Note(WRITTEN))) for word, where in words]
    for name, text, word in _options(values):
        where = word.because.where if word.because is not None else None
        if where is not None:
            yield name, text, where


def _text(value: Value) -> str:
    text = plain(value)
    return HOLE if text is None else text
