"""To which clusters pipelines and scripts deploy what stands in the repository: commands that point at a cluster, then
those that apply a path there. The former are data of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename, join, normpath
from typing import Final

from sovlint.files.walk import upwards
from sovlint.frontends.addresses import plain
from sovlint.frontends.kubernetes.clusters.landings import AppliedBy
from sovlint.frontends.shell.runs import FolderLine, PipelineRun, runs
from sovlint.model.inputs import Reader
from sovlint.model.landing import Evidence, Level
from sovlint.model.partial.holes import HOLE
from sovlint.model.resources.sent import Sent
from sovlint.model.text import Note
from sovlint.model.value import Value
from sovlint.rules.hints import Hints
from sovlint.settings.steps import proved

_APPLYING: Final = {
    "kubectl": ("apply", "create", "replace", "diff"), "oc": ("apply", "create", "replace"),
    "kustomize": ("build",), "helm": ("install", "upgrade", "template"),
}  # fmt: skip
"""Programs, and their commands that put something on the cluster that is pointed at."""
_PATHS: Final = ("-f", "--filename", "-k", "--kustomize")
_AROUND: Final = ("sudo", "command", "exec", "time")


def applied(reader: Reader, hints: Hints, unquoted: list[str]) -> AppliedBy:
    """Asked for several paths: to which clusters what stands at one of them, or below, is deployed. ``unquoted`` gets
    the files that say it: commands are where secrets are."""
    found: dict[str, dict[Evidence, None]] = {}
    for path, evidence in _applied(reader, hints):
        found.setdefault(path, {})[evidence] = None
        unquoted.append(evidence.where.span().path)

    def of(paths: Iterable[str | None]) -> tuple[Evidence, ...]:
        met: dict[Evidence, None] = {}
        for path in filter(None, paths):
            for folder in (*upwards(path), ""):
                met.update(found.get(folder, {}))
        return tuple(met)

    return of


def _applied(reader: Reader, hints: Hints) -> Iterator[tuple[str, Evidence]]:
    marks = _marks(hints)
    job: object = None
    current: Evidence | None = None
    for run in runs(reader, hints, marks) if marks else ():
        if (run.path, run.job) != job:
            job, current = (run.path, run.job), None
        for task in hints.formats.tasks.get(run.step.uses, ()) if run.step else ():
            for _, sent in proved(run.step, task) if task.cluster and run.step else ():
                current = _evidence(sent)
        for each in run.lines:
            pointed = _pointed_at(each, run, hints)
            current = current if pointed is None else pointed
            if current is not None:
                yield from ((path, current) for path in _targets(each, run))


def _marks(hints: Hints) -> tuple[bytes, ...]:
    """Texts without which a file points at no cluster: the most telling word of each command, and names of actions."""
    words = [
        word
        for rule in hints.deployments.of_clusters
        for word in max(rule.words, key=lambda several: min(map(len, several)), default=())
    ]
    uses = [
        name
        for name, tasks in hints.formats.tasks.items()
        if any(task.cluster for task in tasks)
    ]
    return tuple(each.encode() for each in dict.fromkeys((*words, *uses)))


def _pointed_at(each: FolderLine, run: PipelineRun, hints: Hints) -> Evidence | None:
    rules = {rule.id for rule in hints.deployments.of_clusters}
    settings = tuple(run.variables.values())
    for signal in hints.deployments.signals([each.line], settings):
        if signal.id in rules:
            return _evidence(signal.sent)
    return None


def _evidence(sent: Sent) -> Evidence | None:
    company = sent.provider or sent.usual
    if company is None:
        return None
    note = Note("kubernetes.shows.pipeline")
    return Evidence(Level.NODES, sent.where.span(), note, (company,), sent.region)


def _targets(each: FolderLine, run: PipelineRun) -> Iterator[str]:
    """Paths of the repository that a command applies."""
    words = [_text(word) for word in each.line.words]
    while words and words[0] in _AROUND:
        words = words[1:]
    program = basename(words[0]) if words else ""
    operands = [word for word in words[1:] if not word.startswith("-")]
    if program not in _APPLYING or not operands or operands[0] not in _APPLYING[program]:
        return
    named = list(_flagged(words[1:])) if program in ("kubectl", "oc") else operands[1:]
    for path in named:
        if path and HOLE not in path + each.folder and "://" not in path and path != "-":
            for base in run.bases:
                place = normpath(join(base, each.folder, path))
                yield "" if place == "." else place


def _flagged(words: Sequence[str]) -> Iterator[str]:
    """The paths behind ``-f`` and ``-k``."""
    for at, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name in _PATHS and sign:
            yield value
        elif name in _PATHS:
            yield from words[at + 1 : at + 2]


def _text(value: Value) -> str:
    text = plain(value)
    return HOLE if text is None else text
