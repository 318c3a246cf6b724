"""What pipelines, Makefiles and scripts of a repository run, step by step: command lines, each with its folder.

Files are told by their names, then by a few bytes that the asker names, and parsed last. Who asks picks what bears on
its own things: values of variables, clusters that are deployed to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from posixpath import basename, dirname
from typing import Final

from msgspec import Struct

from sovlint.documents.interpolation import WRITTEN
from sovlint.frontends.shell.folders import FolderLine, moved, text_of_word
from sovlint.frontends.shell.makefiles import Recipes, jenkins, recipes
from sovlint.frontends.shell.run_names import (
    candidates,
    is_envrc,
    is_jenkins,
    is_make,
    is_playbook,
    is_shell,
)
from sovlint.frontends.shell.steps import lines_of_script, lines_of_step, variables_of
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE, marked_parts
from sovlint.model.source import Located, SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.commands.command import CommandLine
from sovlint.rules.destination import Setting
from sovlint.rules.files.configuration import FilePart, Format
from sovlint.rules.files.task import StepHere
from sovlint.rules.hints import Hints
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.readers import UnreadableError, parts
from sovlint.settings.scopes import Scopes
from sovlint.settings.steps import steps

MAX_FILES: Final = 500
MAX_BYTES: Final = 500_000
"""Of a repository with more such files, no further ones are read, and no larger ones."""


class PipelineRun(Struct, frozen=True):
    """One step or one script: what it runs in order, what it is given, and its folder.

    ``bases``: folders of the repository that its folders may be relative to. ``is_pipeline``: whether a CI server runs
    it, not a person.
    """

    path: str
    lines: tuple[FolderLine, ...]
    variables: Mapping[str, Setting]
    folder: str
    bases: tuple[str, ...]
    is_pipeline: bool
    job: tuple[str, ...] = ()
    """What tells the job, or the target, from others of the same file: what one run of it sets is there for the next."""
    step: StepHere | None = None
    own: str | None = None
    """The folder of the script itself, from the root of the repository; ``None`` where it is no file."""


def runs(
    reader: Reader, hints: Hints, bears: Callable[[SourceFile], bool]
) -> Iterator[PipelineRun]:
    """All runs of files of which the asker says, by a few of their bytes, that they may bear on it, in the order of
    their paths."""
    for path in candidates(reader.paths, hints)[:MAX_FILES]:
        file = reader.read(path)
        if not isinstance(file, SourceFile) or len(file.data) > MAX_BYTES:
            continue
        if bears(file):
            yield from _runs_of(file, hints)


def with_any(marks: Collection[bytes]) -> Callable[[SourceFile], bool]:
    """Of a file, whether it has one of ``marks`` in it."""
    return lambda file: any(mark in file.data for mark in marks)


def _runs_of(file: SourceFile, hints: Hints) -> Iterator[PipelineRun]:
    name, folder = basename(file.path), dirname(file.path)
    if is_make(name):
        yield from _of_recipes(file.path, recipes(file), (folder, ""), False, hints)
    elif is_jenkins(name):
        yield from _of_recipes(file.path, jenkins(file), ("", folder), True, hints)
    elif is_envrc(name) or is_shell(name):
        yield _of_script(file, (folder,) if is_envrc(name) else ("", folder), hints)
    elif is_playbook(file.path) and file.path not in hints.formats.pipelines([file.path]):
        yield from _of_tasks(file, hints)
    else:
        yield from _of_pipeline(file, hints)


def _of_pipeline(file: SourceFile, hints: Hints) -> Iterator[PipelineRun]:
    for claim in hints.formats.claims([file.path]):
        try:
            found = parts(file, claim) if claim.format.steps else []
        except UnreadableError:
            return
        for part in found:
            for rule, step in steps(part, claim.format, Scopes(part.entries, claim.format)):
                environment = variables_of(step)
                lines = list(lines_of_step(step, hints.commands, environment))
                folder = "" if step.folder is None else text_of_word(step.folder)
                job, inside = step.path[: rule.job], moved(lines, folder)
                bases = _runs_in(part, claim.format, job) or ("",)
                yield PipelineRun(
                    file.path, inside, environment, folder, bases, True, job=job, step=step
                )
        if found:
            return


def _runs_in(part: FilePart, kind: Format, job: KeyPath) -> tuple[str, ...]:
    """The folders in which a job runs, as other things of its file say."""
    found: list[str] = []
    for rule in kind.runs_in:
        things: dict[KeyPath, dict[KeyPath, str]] = {}
        for entry in part.entries:
            if below(entry.path, rule.each):
                size = len(rule.each)
                things.setdefault(entry.path[:size], {})[entry.path[size:]] = text_of_word(
                    entry.value
                )
        found += [
            said[rule.folder]
            for said in things.values()
            if rule.folder in said and said.get(rule.job) == job[-1]
        ]
    return tuple(dict.fromkeys(found))


def _of_recipes(
    path: str, found: Recipes, bases: tuple[str, ...], is_pipeline: bool, hints: Hints
) -> Iterator[PipelineRun]:
    given = {
        name: Setting(name, written(HOLE if text is None else text, where), where)
        for name, (text, where) in found.variables.items()
    }
    for each in found.scripts:
        environment = dict(given)
        lines = moved(_lines(each.text, each.where, environment, hints), each.folder)
        job = (each.target,)
        yield PipelineRun(path, lines, environment, each.folder, bases, is_pipeline, job=job)
    if given and not found.scripts:
        yield PipelineRun(path, (), given, "", bases, is_pipeline)


def _of_script(file: SourceFile, bases: tuple[str, ...], hints: Hints) -> PipelineRun:
    environment: dict[str, Setting] = {}
    text = file.data.decode("utf-8", "replace")
    lines = _lines(text, Span(file.path, 1, 1, 1, 1), environment, hints)
    own = dirname(file.path)
    inside = moved(lines, "", own)
    return PipelineRun(file.path, inside, environment, "", bases, False, own=own)


def _of_tasks(file: SourceFile, hints: Hints) -> Iterator[PipelineRun]:
    """What tasks of Ansible run, on the machine that is told to: one run each, of one job."""
    from sovlint.frontends.shell.ansible_tasks import commands

    for each in commands(file):
        environment: dict[str, Setting] = {}
        lines = moved(_lines(each.text, each.where, environment, hints), each.folder)
        yield PipelineRun(file.path, lines, environment, each.folder, ("",), False)


def _lines(
    text: str, where: Span, environment: dict[str, Setting], hints: Hints
) -> list[CommandLine]:
    def at(number: int) -> Span:
        line = where.line + number
        return Span(where.path, line, 1, line, 1)

    return list(lines_of_script(written(text, where), where, hints.commands, environment, at))


def written(text: str, where: Located) -> Value:
    """A text with holes that is written somewhere, as a value."""
    because = Step(where, Note(WRITTEN))
    if HOLE not in text:
        return Known(text, because)
    return Unknown(Reason.FROM_ENVIRONMENT, "variable", because, parts=marked_parts(text))
