"""At which cluster the command lines of pipelines and scripts are pointed: by commands and actions before them, which are
data of the catalogue, or by an action of the repository that has such steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from posixpath import basename, dirname, normpath
from typing import Final

from msgspec import Struct

from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.folders import FolderLine
from sovlint.frontends.shell.run_names import is_script
from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.model.inputs import Reader
from sovlint.model.landing import Evidence, Level
from sovlint.model.offers import cluster_name
from sovlint.model.resources.sent import Sent
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.rules.commands.command import Branch, CommandLine
from sovlint.rules.commands.kept import SetBefore, comes_before
from sovlint.rules.destination import Setting
from sovlint.rules.files.task import StepHere
from sovlint.rules.hints import Hints
from sovlint.settings.steps import proved

_ACTIONS: Final = ("action.yml", "action.yaml")
"""What the files of actions are called that a repository has for itself."""
_CHOOSING: Final = (("kubectl", "config", "use-context"), ("kubectx",), ("kubectl", "config", "set-context"))  # fmt: skip
"""Commands that choose a cluster by a name that stands nowhere else."""


_Clusters = tuple[Evidence, ...]
"""What shows each cluster at which something may be pointed."""


class PointedLine(Struct, frozen=True):
    """A command line, or the action of a step, the run that it is in, and what shows on which cluster it acts: one of
    these for each that it may be.
    ``number``: as many lines of the run come before it."""

    each: FolderLine | None
    run: PipelineRun
    cluster: Evidence
    number: int = 0


def pointed_lines(reader: Reader, hints: Hints) -> Iterator[PointedLine]:
    """All command lines and actions that follow something which points at a cluster, in the same job or script."""
    found = list(runs(reader, hints, _may_point(hints)))
    actions = _actions(found, hints)
    if actions:
        read = {run.path for run in found}
        names = tuple(name.encode() for name in actions)
        named = runs(reader, hints, with_any(names))
        found += [run for run in named if run.path not in read]
    yield from _pointed(found, actions, hints)


def _actions(found: Iterable[PipelineRun], hints: Hints) -> Mapping[str, _Clusters]:
    """Actions of the repository by their folders, with the clusters at which each leaves what follows it."""
    actions: dict[str, _Clusters] = {}
    own = (run for run in found if basename(run.path) in _ACTIONS)
    for run, _, clusters, _ in _steps(own, {}, hints):
        if clusters and dirname(run.path):
            actions[dirname(run.path)] = clusters
    return actions


def _pointed(
    found: Iterable[PipelineRun], actions: Mapping[str, _Clusters], hints: Hints
) -> Iterator[PointedLine]:
    for run, each, clusters, number in _steps(found, actions, hints):
        for cluster in clusters:
            yield PointedLine(each, run, cluster, number)


def _steps(
    found: Iterable[PipelineRun], actions: Mapping[str, _Clusters], hints: Hints
) -> Iterator[tuple[PipelineRun, FolderLine | None, _Clusters, int]]:
    """Each run's action, as ``None``, and then each of its lines, with the clusters at which it may be pointed then, and
    its number."""
    job: object = None
    current = _Pointed()
    given: dict[str, Setting] = {}
    kept = SetBefore()
    for run in found:
        if (run.path, run.job) != job:
            job, current, given, kept = (run.path, run.job), _Pointed(), {}, SetBefore()
        outer = _branch(run)
        current.add(outer, _by_action(run, actions, hints))
        given.update(_set_by(run, hints))
        settings = {**given, **run.variables}
        yield run, None, current.at(outer), 0
        for number, each in enumerate(run.lines):
            branch = (*outer, *each.line.branch)
            pointed = cluster_of_line(each.line, settings, hints, kept)
            if pointed is not None or _chooses(each):
                current.add(branch, (None if _chooses(each) else pointed,))
            yield run, each, current.at(branch), number


class _Pointed:
    """What the commands and actions of a job have pointed at so far, each in the arms of conditions that it stands in;
    ``None`` for a cluster that nobody knows."""

    def __init__(self) -> None:
        self._made: list[tuple[Branch, Sequence[Evidence | None]]] = []

    def add(self, branch: Branch, clusters: Sequence[Evidence | None]) -> None:
        """What one more points at; nothing where it points nowhere."""
        if clusters:
            self._made.append((branch, clusters))

    def at(self, branch: Branch) -> _Clusters:
        """The clusters at which a command in a branch may be pointed; none where one of them isn't known."""
        met: dict[Evidence | None, None] = {}
        for made, clusters in reversed(self._made):
            before = comes_before(made, branch)
            if before is not False:
                met.update(dict.fromkeys(clusters))
            if before:
                break
        return () if None in met else tuple(each for each in met if each is not None)


def _branch(run: PipelineRun) -> Branch:
    """The condition on which a step runs."""
    condition = run.step.condition if run.step is not None else ""
    return ((condition, 0),) if condition else ()


def _by_action(run: PipelineRun, actions: Mapping[str, _Clusters], hints: Hints) -> _Clusters:
    """The clusters at which the action of a step may point."""
    if run.step is None:
        return ()
    found = cluster_of_step(run.step, hints)
    if found is not None:
        return (found,)
    own = run.step.uses.startswith(".")
    return actions.get(normpath(run.step.uses), ()) if own else ()


def cluster_of_step(step: StepHere, hints: Hints) -> Evidence | None:
    """The cluster that the action of a step is for by itself, or the machines."""
    for task in hints.formats.tasks.get(step.uses, ()):
        for _, sent in proved(step, task) if task.cluster else ():
            if (found := _evidence(sent)) is not None:
                return found
    return None


def _set_by(run: PipelineRun, hints: Hints) -> Mapping[str, Setting]:
    """The variables that the action of a step gives to those after it in the job."""
    if run.step is None:
        return {}
    inputs = (
        (name, run.step.inputs.get(written.lower()))
        for task in hints.formats.tasks.get(run.step.uses, ())
        for name, written in task.sets.items()
    )
    return {
        name: Setting(name, each.value, each.where) for name, each in inputs if each is not None
    }  # fmt: skip


def cluster_of_line(
    line: CommandLine, settings: Mapping[str, Setting], hints: Hints, kept: SetBefore
) -> Evidence | None:
    """The cluster at which a command points; ``kept`` gets what it sets for those after it."""
    rules = {rule.id for rule in hints.deployments.of_clusters}
    given = tuple(settings.values())
    hints.commands.keep(line, given, kept)
    for signal in hints.deployments.signals([line], given, kept=kept):
        if signal.id in rules:
            return _evidence(signal.sent)
    return None


def _chooses(each: FolderLine) -> bool:
    words = tuple(plain(word) or "" for word in each.line.words)
    return any(words[: len(start)] == start for start in _CHOOSING)


def _evidence(sent: Sent) -> Evidence | None:
    company = sent.provider or sent.usual
    if company is None:
        return None
    note = Note("kubernetes.shows.pipeline")
    name = sent.names.value if isinstance(sent.names, Known) else None
    asks = (cluster_name(name),) if isinstance(name, str) and name else ()
    return Evidence(Level.NODES, sent.where.span(), note, (company,), sent.region, asks=asks)


def _may_point(hints: Hints) -> Callable[[SourceFile], bool]:
    """Of a file, whether it may point at a cluster: all words of a command are in it, or the name of an action where it
    may have any."""
    commands = [
        [[word.encode() for word in several] for several in rule.words]
        for rule in hints.deployments.of_clusters
        if rule.words
    ]
    actions = [
        name.encode()
        for name, tasks in hints.formats.tasks.items()
        if any(task.cluster for task in tasks)
    ]

    def may_point(file: SourceFile) -> bool:
        data = file.data
        if any(
            all(any(word in data for word in several) for several in words)
            for words in commands
        ):
            return True
        if is_script(basename(file.path)):
            return False
        lowered = data.lower()
        return any(name in lowered for name in actions)

    return may_point
