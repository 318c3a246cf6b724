"""Repositories written for a test, and what is judged of them: the stages of a scan without its report."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.commands.parts import settled
from sovlint.model.findings.finding import Finding
from sovlint.model.request import Request
from sovlint.model.resources.reading import Failure
from sovlint.model.source import Span
from sovlint.model.value import unroll
from sovlint.stages.judge import judge_placed
from sovlint.stages.place import place_resources
from sovlint.stages.read import read_sources
from sovlint.stages.run import Rulebook, Run, load_rulebook

CONFIGURATION: Final = """\
policy_set: sets/eea.yaml
clusters: [{paths: ["**"], provider: scaleway, region: fr-par}]
data: {paths: {"**": [health]}}
"""
POLICIES: Final = """\
id: eea
title: {en: the EEA, fr: l'EEE}
policies: [{id: health-data-in-eea}]
"""
"""One is enough to tell what is judged, and each costs time for every setting."""


class Judged(Struct, frozen=True):
    """What was judged of a repository: the findings, compliant ones too, and what couldn't be read."""

    findings: Sequence[Finding]
    failures: Sequence[Failure]


@cache
def _rulebook() -> list[Rulebook]:
    return []


def _rules(run: Run) -> Rulebook:
    """The rules of the configuration above, loaded once."""
    loaded = _rulebook()
    if not loaded:
        loaded.append(load_rulebook(run))
    return loaded[0]


def judged(files: Mapping[str, str], folder: Path) -> Judged:
    """What is judged of a repository with these files, all of which hold health data."""
    files = {**files, "sovlint.yaml": CONFIGURATION, "sets/eea.yaml": POLICIES}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    (folder / ".git").mkdir()
    request = Request(
        (folder,), as_of=date(2026, 11, 28), config=folder / "sovlint.yaml", show="compliant"
    )
    run = settled.run(request)
    rules = _rules(run)
    gc.disable()  # a sixth of the time, as for any short run
    try:
        read = read_sources(run, rules.hints)
        placed = place_resources(run, rules, read)
        found = judge_placed(run, rules, read, placed)
    finally:
        gc.enable()
    return Judged(found.judgement.findings, read.reading.failures)


def places(finding: Finding) -> Iterator[Span]:
    """Where a finding is told, and what it rests on."""
    yield finding.resource.span
    chains = (*finding.because, *(finding.placement.because if finding.placement else ()))
    for because in chains:
        for step in unroll(because):
            if step.where is not None:
                yield step.where.span()
