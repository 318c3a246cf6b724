"""What a run passed over, and what it read in spite of patterns: folders with how many files each left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sovlint.files.reported import Reported
from sovlint.files.repository import Repository
from sovlint.frontends.registry import claimed
from sovlint.model.findings.own_rules import OwnRule, RuleKind
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints

_CHART: Final = "Chart.yaml"
MOST_FOLDERS: Final = 1_000
"""Folders that are looked into."""


def passed_over(
    repository: Repository, reading: Reading, hints: Hints, asked: Reported
) -> Iterator[OwnRule]:
    """What of it concerns what was asked for; nothing of a run that is about a change."""
    if not asked.whole:
        return
    read = frozenset(reading.files)
    excluded = _counted(repository.files_excluded(), read, repository, hints)
    if excluded:
        yield OwnRule(RuleKind.EXCLUDED, _listed(excluded))
    passed = _counted(repository.passed_over(), read, repository, hints)
    passed.update(_elsewhere(repository, reading, hints, asked))
    if passed:
        yield OwnRule(RuleKind.PASSED_OVER, _listed(passed))
    held = tuple(path for path in repository.held if path in read and asked.path(path))
    if held:
        yield OwnRule(RuleKind.TRACKED, held)
    ignored = tuple(claimed(repository.ignored, repository, hints))
    if ignored:
        yield OwnRule(RuleKind.IGNORED, ignored)


def _elsewhere(
    repository: Repository, reading: Reading, hints: Hints, asked: Reported
) -> Iterator[str]:
    """The folder above each configuration file that is passed over and that nobody reads; templates of charts are read
    as such, or told."""
    read = frozenset(reading.files)
    charts = {
        path[: -len(_CHART)] for path in repository.paths if f"/{path}".endswith(f"/{_CHART}")
    }
    for path in reading.passed_over:
        folder = hints.formats.passing(path)
        of_chart = (
            f"/{folder}".endswith("/templates/") and folder[: -len("templates/")] in charts
        )
        if asked.path(path) and path not in read and not of_chart:
            yield folder


def _counted(
    found: Iterable[tuple[str, Sequence[str]]],
    read: frozenset[str],
    repository: Repository,
    hints: Hints,
) -> Counter[str]:
    """By folder, how many files there would be read by their names and weren't."""
    counts: Counter[str] = Counter()
    for folder, paths in islice(found, MOST_FOLDERS):
        within = folder if folder.endswith("/") else ""
        left = [path for path in paths if path not in read]
        if count := _count(claimed(left, repository, hints, within)):
            counts[folder] = count
    return counts


def _count(found: Iterable[str]) -> int:
    return sum(1 for _ in found)


def _listed(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The folders that left out most, first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(f"{folder} ({count})" for folder, count in ordered)
