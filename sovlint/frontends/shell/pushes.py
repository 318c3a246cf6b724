"""The images that pipelines and scripts of a repository put into registries, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.model.inputs import Reader
from sovlint.model.source import Span
from sovlint.model.value import Known, Value
from sovlint.rules.hints import Hints

_APART: Final = re.compile(r"[\s,]+")


def pushed_images(reader: Reader, hints: Hints) -> Iterator[tuple[Value, Span]]:
    """Each image that is pushed, as it is written, and where."""
    actions = {
        name.encode()
        for name, tasks in hints.formats.tasks.items()
        if any(task.pushes for task in tasks)
    }
    programs = {each.encode() for each in hints.deployments.pushing}
    for run in runs(reader, hints, with_any(actions | programs)):
        yield from _by_action(run, hints)
        for each in run.lines:
            settings = tuple(run.variables.values())
            for value in hints.deployments.pushed(each.line, settings):
                yield value, each.line.where.span()


def _by_action(run: PipelineRun, hints: Hints) -> Iterator[tuple[Value, Span]]:
    """The images that the action of a step pushes."""
    step = run.step
    if step is None:
        return
    for task in hints.formats.tasks.get(step.uses, ()):
        if not (task.pushes and task.is_meant(step.read)):
            continue
        for name in task.pushes:
            given = step.inputs.get(name.lower())
            if given is None:
                continue
            if isinstance(given.value, Known):
                for word in filter(None, _APART.split(str(given.value.value))):
                    yield Known(word), given.where.span()
            else:
                yield given.value, given.where.span()
