"""To which clusters pipelines and scripts deploy what stands in the repository: commands that point at a cluster, then
those that apply a path there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from posixpath import basename, dirname, join, normpath
from typing import Final

from msgspec import Struct

from sovlint.files.paths import upwards
from sovlint.frontends.kubernetes.clusters.pointed import PointedLine, pointed_lines
from sovlint.frontends.shell.folders import AT_ROOT, FolderLine, path_of_word, text_of_word
from sovlint.model.inputs import Reader
from sovlint.model.landing import Evidence
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import SourceFile
from sovlint.rules.hints import Hints

_APPLYING: Final = {
    "kubectl": ("apply", "create", "replace", "diff"), "oc": ("apply", "create", "replace"),
    "kustomize": ("build",), "helm": ("install", "upgrade", "template"), "helmfile": ("apply", "sync"),
}  # fmt: skip
"""Programs, and their commands that put something on the cluster that is pointed at."""
_PATHS: Final = ("-f", "--filename", "-k", "--kustomize")
_VALUES: Final = ("-f", "--values")
_FILES: Final = ("-f", "--file")
_BELOW: Final = ("-R", "--recursive", "--recursive=true")
_OTHERWISE: Final = ("--context", "--kube-context", "--kubeconfig")
"""Flags that name another cluster than the one that is pointed at."""
_AROUND: Final = ("sudo", "command", "exec", "time")
_PASSING: Final = (
    "cat",
    "cp",
    "envsubst",
    "gomplate",
    "mo",
    "mv",
    "perl",
    "sed",
    "tee",
    "yq",
)
"""Programs that print, or copy, the manifests that they are given, perhaps with places filled in."""
_INPUT: Final = "-"
_HELMFILES: Final = ("helmfile.yaml", "helmfile.yaml.gotmpl", "helmfile.yml")
_CHART: Final = re.compile(rb"^\s*-?\s*chart:\s*[\"']?([\w./-]+)[\"']?\s*$", re.MULTILINE)
"""A chart that a helmfile names; one of a repository of charts isn't here."""


class AppliedTarget(Struct, frozen=True):
    """Something that a command applies: a path, with holes where it isn't known; ``below``: with all below it;
    ``values``: only with those files of values, if it is a chart, or by those helmfiles, in one ``environment`` of them."""

    path: str
    cluster: Evidence
    below: bool = False
    values: tuple[str, ...] = ()
    environment: str = ""

    def is_at(self, path: str) -> bool:
        """Whether it is what stands at a path."""
        return _fits(self.path, path) or (
            self.below and any(_fits(self.path, each) for each in upwards(dirname(path)))
        )


class AppliedByPipelines:
    """What pipelines and scripts apply, and on which clusters."""

    def __init__(self, targets: Iterable[AppliedTarget]) -> None:
        self._targets = tuple(dict.fromkeys(targets))
        self._at = cache(self._found_at)

    def around(self, paths: Iterable[str | None]) -> tuple[Evidence, ...]:
        """To which clusters what stands at one of several paths, or above it, is deployed: what speaks against a cluster
        that is declared."""
        met: dict[Evidence, None] = {}
        for path in filter(None, paths):
            for folder in (*upwards(path), ""):
                met.update(
                    (each.cluster, None) for each in self._targets if each.path == folder
                )
        return tuple(met)

    def exactly(self, *paths: str | None) -> tuple[Evidence, ...]:
        """To which clusters one of several paths is deployed, and no more than that."""
        met = (each for path in paths if path is not None for each in self._at(path))
        return tuple(dict.fromkeys(met))

    def chart(
        self, folder: str, values: str | None, variant: str | None = None
    ) -> tuple[Evidence, ...]:
        """To which clusters a chart is deployed; with ``values``, with this file of an environment, or by this helmfile,
        whose environment a ``variant`` begins with: of this repository, or of another one that the helmfile names."""
        return tuple(
            dict.fromkeys(
                each.cluster
                for each in self._targets
                if (each.is_at(folder) or (each.values == (each.path,) == (values,)))
                and (
                    variant is None
                    or each.environment in ("", HOLE, variant.partition("/")[0])
                )
                and (values is None or any(_fits(other, values) for other in each.values))
            )
        )

    def _found_at(self, path: str) -> tuple[Evidence, ...]:
        return tuple(each.cluster for each in self._targets if each.is_at(path))


def applied(reader: Reader, hints: Hints, unquoted: list[str]) -> AppliedByPipelines:
    """All that is applied. ``unquoted`` gets the files that say it: commands are where secrets are."""
    found = [
        target
        for line in pointed_lines(reader, hints)
        for target in _found_in(line, reader, hints)
    ]
    unquoted += sorted({each.cluster.where.span().path for each in found})
    return AppliedByPipelines(found)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in written.split(HOLE)))


def _fits(written: str, path: str) -> bool:
    """Whether a path is one that is written with holes; each stands for one part of a name, or a whole one. What begins
    with a hole may lie anywhere."""
    if HOLE not in written:
        return written == path
    return HOLE not in written.partition("/")[0] and bool(_pattern(written).fullmatch(path))


def _found_in(at: PointedLine, reader: Reader, hints: Hints) -> Iterator[AppliedTarget]:
    if at.each is None:
        return _by_action(at, hints)
    return _targets(at, at.each, reader)


def _by_action(at: PointedLine, hints: Hints) -> Iterator[AppliedTarget]:
    """What the action of a step applies."""
    step = at.run.step
    for task in hints.formats.tasks.get(step.uses, ()) if step else ():
        inputs = (step.inputs.get(name.lower()) for name in task.applies) if step else ()
        for given in filter(None, inputs):
            written = map(str.strip, text_of_word(given.value).splitlines())
            for path in filter(_is_local, written):
                place = _place(at.run.folder, path)
                if place is not None:
                    yield AppliedTarget(place, at.cluster)


def _targets(at: PointedLine, line: FolderLine, reader: Reader) -> Iterator[AppliedTarget]:
    """What a command applies."""
    words = _words(line, at)
    program = basename(words[0]) if words else ""
    operands = [word for word in words[1:] if not word.startswith("-")]
    if program not in _APPLYING or any(
        word.partition("=")[0] in _OTHERWISE for word in words
    ):
        return
    commands = operands if program == "helmfile" else operands[:1]
    if not any(each in _APPLYING[program] for each in commands):
        return
    for base in at.run.bases:
        folder = _folder(base, line)
        if program == "helmfile":
            yield from _helmfile(folder, words, at, reader)
        elif program == "helm":
            yield from _helm(folder, words, operands[1:], at)
        else:
            named = (
                _flagged(words[1:], _PATHS) if program in ("kubectl", "oc") else operands[1:]
            )
            below = any(word in _BELOW for word in words)
            for path in named:
                for place in _made_of(base, path, at.number, at, reader):
                    yield AppliedTarget(place, at.cluster, below)


def _words(line: FolderLine, at: PointedLine) -> list[str]:
    """The words of a command, as paths where they may be."""
    words = [path_of_word(each, at.run.own) for each in line.line.words]
    while words and words[0] in _AROUND:
        words = words[1:]
    return words


def _made_of(
    base: str, path: str, number: int, at: PointedLine, reader: Reader
) -> Iterator[str]:
    """The places of the repository that a path means, as the command of a run with a ``number`` names it: of what it is
    fed, or of what a command before it has written there, what that was made of."""
    line = at.run.lines[number]
    if path == _INPUT:
        if line.line.input is not None:
            yield from _printed_by(base, number - 1, at, reader)
        return
    place = _place(_folder(base, line), path)
    if not _is_local(path) or place is None:
        return
    yield place
    if place not in reader.paths:
        for before in range(number):
            if _writes(at.run.lines[before], at) == path:
                yield from _printed_by(base, before, at, reader)


def _writes(line: FolderLine, at: PointedLine) -> str | None:
    """The file that a command writes."""
    words = _words(line, at)
    if words and basename(words[0]) in ("cp", "mv"):
        return words[-1]
    written = line.line.writes
    return None if written is None else path_of_word(written.path, at.run.own)


def _printed_by(base: str, number: int, at: PointedLine, reader: Reader) -> Iterator[str]:
    """The places of what a command prints that hands on what it is given."""
    line = at.run.lines[number] if number >= 0 else None
    words = [] if line is None else _words(line, at)
    if line is None or not words or basename(words[0]) not in _PASSING:
        return
    fed = [] if line.line.reads is None else [path_of_word(line.line.reads, at.run.own)]
    named = [each for each in (*words[1:], *fed) if not each.startswith("-")]
    places = {_place(_folder(base, line), each) for each in named if _is_local(each)}
    found = sorted(each for each in places if each is not None and each in reader.paths)
    yield from found
    if not found and line.line.input is not None and line.line.reads is None:
        yield from _printed_by(base, number - 1, at, reader)


def _helm(
    folder: str | None, words: Sequence[str], operands: Sequence[str], at: PointedLine
) -> Iterator[AppliedTarget]:
    files = (_place(folder, each) for each in _flagged(words[1:], _VALUES) if _is_local(each))
    values = tuple(each for each in files if each is not None)
    for path in filter(_is_local, operands):
        place = _place(folder, path)
        if place is not None and place not in values:
            yield AppliedTarget(place, at.cluster, values=values)


def _helmfile(
    folder: str | None, words: Sequence[str], at: PointedLine, reader: Reader
) -> Iterator[AppliedTarget]:
    """The charts of this repository that a helmfile names."""
    named = [_place(folder, each) for each in _flagged(words[1:], _FILES)]
    for path in named or [_place(folder, each) for each in _HELMFILES]:
        file = reader.read(path) if path is not None and path in reader.paths else None
        if path is not None and isinstance(file, SourceFile):
            environment = next(_flagged(words[1:], ("-e", "--environment")), "")
            yield AppliedTarget(path, at.cluster, values=(path,), environment=environment)
            for chart in _CHART.findall(file.data):
                place = _place(dirname(path), chart.decode())
                if place is not None:
                    yield AppliedTarget(
                        place, at.cluster, values=(path,), environment=environment
                    )


def _is_local(path: str) -> bool:
    return bool(path.strip(HOLE)) and "://" not in path and path != _INPUT


def _folder(base: str, line: FolderLine) -> str | None:
    """The folder in which a command runs; ``None`` where that may be anywhere."""
    if line.at is not None:
        return line.at
    return None if line.folder.startswith(HOLE) else join(base, line.folder)


def _place(folder: str | None, path: str) -> str | None:
    """The place of the repository that a path means; ``None`` where it may be anywhere: nobody knows how it begins."""
    if folder is None or path.startswith(HOLE):
        return None
    place = normpath(join(folder, path)).removeprefix(AT_ROOT)
    return "" if place == "." else place


def _flagged(words: Sequence[str], flags: Sequence[str]) -> Iterator[str]:
    """The words behind flags."""
    for at, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name in flags and sign:
            yield value
        elif name in flags:
            yield from words[at + 1 : at + 2]
