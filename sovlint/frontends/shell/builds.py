"""The images that pipelines and scripts of a repository build, by the file that says how."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import join, normpath
from typing import Final

from sovlint.frontends.shell.folders import text_of_word
from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.model.decoding import grouped
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE, marked_parts
from sovlint.model.value import Known, Value
from sovlint.rules.commands.commands import BuiltImage
from sovlint.rules.files.task import StepHere
from sovlint.rules.hints import Hints

_USUAL: Final = "Dockerfile"
_APART: Final = re.compile(r"[\s,]+")
_SCHEME: Final = re.compile(r"^\w+://")


def built_images(
    reader: Reader, hints: Hints, files: Collection[str]
) -> Mapping[str, list[Value]]:
    """What each of ``files`` is built into, where something here says so, as it is written."""
    actions = {
        name.encode()
        for name, tasks in hints.formats.tasks.items()
        if any(task.builds for task in tasks)
    }
    bears = with_any(actions | hints.deployments.build_marks)
    return grouped(
        found for run in runs(reader, hints, bears) for found in _built_by(run, hints, files)
    )


def _built_by(
    run: PipelineRun, hints: Hints, files: Collection[str]
) -> Iterator[tuple[str, Value]]:
    settings = tuple(run.variables.values())
    if run.step is not None:
        for built in _by_action(run.step, hints):
            yield from _named(built, ("",), files)
    for line in run.lines:
        bases = [join(base, line.folder) for base in run.bases]
        for built in hints.deployments.built(line.line, settings):
            yield from _named(built, bases if line.at is None else [line.at], files)


def _by_action(step: StepHere, hints: Hints) -> Iterator[BuiltImage]:
    for task in hints.formats.tasks.get(step.uses, ()):
        if task.builds is not None:
            found = [
                [
                    step.inputs[name.lower()].value
                    for name in names
                    if name.lower() in step.inputs
                ]
                for names in (task.builds.image, task.builds.file, task.builds.context)
            ]
            images, file, context = found
            yield BuiltImage(
                tuple(images), *(next(iter(each), None) for each in (file, context))
            )


def _named(
    built: BuiltImage, bases: Collection[str], files: Collection[str]
) -> Iterator[tuple[str, Value]]:
    """The file that is meant, with each name of the image."""
    for path, filled in _meant(built, bases, files):
        for value in built.names:
            for name in filter(None, _APART.split(text_of_word(value))):
                above, sign, last = name.rpartition("/")
                told = f"{above}{sign}{last.replace(HOLE, filled, 1)}" if filled else name
                yield path, _as_value(told, value)


def _as_value(text: str, value: Value) -> Value:
    if HOLE not in text:
        return Known(text, value.because)
    return value if isinstance(value, Known) else value.but(parts=marked_parts(text))


def _meant(
    built: BuiltImage, bases: Collection[str], files: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The files that may be meant, each with what stands in the place of the only hole of its path."""
    context = "" if built.context is None else _SCHEME.sub("", text_of_word(built.context))
    named = "" if built.file is None else text_of_word(built.file)
    written = [named, join(context, named)] if named else [join(context, _USUAL)]
    whole = [normpath(join(base, path)).lstrip("/") for path in written for base in bases]
    of_repository = [
        path.removeprefix(f"{HOLE}/") for path in whole
    ]  # as a rule its own folder
    for path in dict.fromkeys((*of_repository, *whole)):
        found = re.compile(re.escape(path).replace(re.escape(HOLE), "([^/]+)"))
        met = [one for file in files if (one := found.fullmatch(file)) is not None]
        yield from ((one[0], one[1] if path.count(HOLE) == 1 else "") for one in met)
