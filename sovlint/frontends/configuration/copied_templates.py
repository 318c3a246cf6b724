"""Templates of settings that a pipeline copies to where they are read: what they say holds then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, join, normpath
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.addresses import plain
from sovlint.frontends.configuration.named_files import ReadFile, Reads
from sovlint.frontends.shell.folders import FolderLine
from sovlint.frontends.shell.runs import PipelineRun, runs, with_any
from sovlint.model.inputs import Reader
from sovlint.model.partial.holes import HOLE
from sovlint.rules.files.formats import Claim
from sovlint.rules.hints import Hints
from sovlint.settings.settings_at import for_tests

_COPYING: Final = frozenset(
    {"cp", "mv", "install", "ln", "cat", "envsubst", "sed", "gomplate"}
)
"""Programs that make a file of another one."""
_WORD: Final = re.compile(r"[A-Za-z0-9]+")


def with_copied(reads: Reads, reader: Reader, hints: Hints) -> Reads:
    """What was read; of a template that a pipeline copies to the name of a file that is none, what it says is sure. What
    jobs for tests copy isn't."""
    templates = {path: each for path, each in reads.items() if each.claim.template}
    if not templates:
        return reads
    marks = {basename(path).encode() for path in templates}
    copied = {
        path
        for run in runs(reader, hints, with_any(marks))
        if run.is_pipeline and not _is_for_tests(run, hints)
        for line in run.lines
        for path in _copied(line, run, templates)
    }
    return {**reads, **{path: _sure(templates[path]) for path in copied}}


def _sure(read: ReadFile) -> ReadFile:
    return replace(read, claim=replace(read.claim, template=False))


def _is_for_tests(run: PipelineRun, hints: Hints) -> bool:
    name = basename(run.path)
    called = () if name.startswith(".") else (name,)  # each server has a name for its own
    words = _WORD.findall(" ".join((*called, *run.job)))
    return any(for_tests(word, hints.formats) for word in words)


def _copied(
    line: FolderLine, run: PipelineRun, templates: Mapping[str, ReadFile]
) -> Iterator[str]:
    """The templates of which a command makes another file."""
    words = [plain(each) or HOLE for each in line.line.words]
    if not words or basename(words[0]) not in _COPYING:
        return
    writes = line.line.writes
    made = words[-1] if writes is None else plain(writes.path) or HOLE
    is_fed = writes is not None and line.line.input is not None  # by a file that isn't told
    for path, template in templates.items():
        if not _is_made_of(basename(made), template.claim):
            continue
        named = any(path in _paths(word, line, run) for word in words[1:])
        beside = dirname(path) in {dirname(each) for each in _paths(made, line, run)}
        if named or (is_fed and beside):
            yield path


def _is_made_of(name: str, template: Claim) -> bool:
    """Whether a file is called as a template is without what makes it one, perhaps for an environment."""
    own = template.name
    is_like = name == own or name.startswith((f"{own}.", f"{own}-"))
    return is_like and name != basename(template.path)


def _paths(word: str, line: FolderLine, run: PipelineRun) -> Iterable[str]:
    if HOLE in word or HOLE in line.folder:
        return ()
    return {normpath(join(base, line.folder, word)) for base in run.bases}
