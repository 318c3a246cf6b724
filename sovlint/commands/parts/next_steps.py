"""What to do next: commands that work where the scan was run, what settles most first."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from sovlint.configuration.config import POLICY_SET
from sovlint.configuration.config_file import find
from sovlint.files.scan_place import locate
from sovlint.model.findings.finding import Report, Severity
from sovlint.model.findings.next_step import NextStep
from sovlint.model.text import Note
from sovlint.report.pieces import listing
from sovlint.report.pieces.open_questions import OpenQuestion, open_questions
from sovlint.report.pieces.violations import binds_data
from sovlint.report.run import label_first

if TYPE_CHECKING:
    from sovlint.lint import Linted
    from sovlint.model.findings.cause import Cause

MOST: Final = 3
FEW: Final = 6
"""So many findings have no room for more than ``FEWER`` steps below them."""
FEWER: Final = 1
BASELINE: Final = "sovlint-baseline.yaml"
_EXAMPLE: Final = "mutuelle"
"""The kind of body that stands for the one that only people know."""

_DRAFTED: Final = frozenset({"cluster", "cluster-region", "project", "host", "house"})
"""Causes for which ``sovlint init`` drafts lines of a configuration."""


def with_next_steps(report: Report, found: Linted, typed: Sequence[str]) -> Report:
    """The report of what was ``found`` by a command that was ``typed`` as these words, with what to do next."""
    steps = (
        _first_labels(report, typed)
        if label_first.is_asked(report)
        else _settling(report, found, typed)
    )
    return replace(
        report, next_steps=tuple(steps)[:MOST], root_from_here=_elsewhere(found) or ""
    )


def _first_labels(report: Report, typed: Sequence[str]) -> Iterator[NextStep]:
    """Where nobody says what data anything holds: the label that matters most, and what all of it would come to."""
    named = next((one for one in report.label_first if one.command), None)
    if named is not None:
        about = {"address": named.resource.address}
        yield NextStep(named.command, Note("report.screen-next-label", about))
    elif report.label_first:
        about = {"address": report.label_first[0].resource.address}
        yield NextStep(_map(typed), Note("report.screen-next-map", about))
    assume = (*typed, "--assume", label_first.USUAL)
    if report.assumed is None:
        yield NextStep(assume, Note("report.screen-next-assume"))


def _map(typed: Sequence[str]) -> tuple[str, ...]:
    """The map of what a scan was asked for: it says how each is declared."""
    return ("sovlint", "map", *(word for word in typed[2:] if Path(word).exists()))


def _settling(report: Report, found: Linted, typed: Sequence[str]) -> list[NextStep]:
    """What settles most placements first; to record today's findings comes last."""
    offered = [*_contracts(report, found), *_drafts(report, found)]
    offered.sort(key=lambda each: -each[0])
    last = [*_body(report, found), *_baseline(report, found, typed)]
    most = MOST if len(listing.counting(report)) > FEW else FEWER
    first = [step for _, step in offered[: max(most - len(last), 1)]]
    return [*first, *last][:most]


def _contracts(report: Report, found: Linted) -> Iterator[tuple[int, NextStep]]:
    """An attestation for each company and qualification that a contract may show."""
    for question in open_questions(report, "en"):
        contracts = [group for group in question.groups if group.cause.is_contract]
        for named in (True, False):
            alike = tuple(each for each in contracts if ("/" in each.cause.name) is named)
            if alike:
                part = OpenQuestion(alike)
                yield part.count, _attest(part, alike[0].cause, report, found)


def _attest(question: OpenQuestion, cause: Cause, report: Report, found: Linted) -> NextStep:
    """One attestation for the services that a contract must name; or where none must, for all that are known."""
    provider = cause.name.partition("/")[0]
    command = ["sovlint", "attest", "--qualification", cause.claim, "--provider", provider]
    for service in question.services:
        command += ["--service", service]
    config = found.run.config.path
    place = locate([Path()])
    if config is not None and find(place.start, place.root) != config:
        command += ["--config", os.path.relpath(config)]
    about = {
        "title": report.world.qualifications.get(cause.claim) or cause.claim,
        "company": report.world.providers.get(provider, provider),
    }
    return NextStep(
        tuple(command), _note("report.screen-next-attest", question.count, **about)
    )


def _drafts(report: Report, found: Linted) -> Iterator[tuple[int, NextStep]]:
    """Lines of a configuration for what people know: where clusters run, who answers at hosts."""
    waiting = sum(
        question.count
        for question in open_questions(report, "en")
        if question.groups and question.groups[0].cause.kind in _DRAFTED
    )
    if waiting:
        yield (
            waiting,
            NextStep(_init(found), _note("report.screen-next-init", waiting)),
        )


def _init(found: Linted, *options: str) -> tuple[str, ...]:
    """The command that writes a configuration, or shows what the one that is there leaves open."""
    there = found.run.config.path is not None
    where = filter(None, (_elsewhere(found),))
    return ("sovlint", "init", *(("--print",) if there else ()), *options, *where)


def _elsewhere(found: Linted) -> str | None:
    """The path to the git root that was scanned, where commands are typed outside of it."""
    root = locate(found.run.request.places).root
    return None if locate([Path()]).root == root else os.path.relpath(root)


def _body(report: Report, found: Linted) -> Iterator[NextStep]:
    """Whose organisation it is, where nobody says it and findings hang on that."""
    by_default = found.run.policy_set_name == POLICY_SET
    if found.run.config.path is not None or not by_default:
        return
    lighter = _lighter(report)
    if lighter:
        command = _init(found, "--body", _EXAMPLE)
        yield NextStep(command, _note("report.screen-next-body", lighter, body=_EXAMPLE))


def _lighter(report: Report) -> int:
    """How many errors would be none by the policy set that is for such a body."""
    from sovlint.policy.load import known_sets  # imported late: few runs ask for it

    proposed = next((each for each in known_sets().values() if _EXAMPLE in each.bodies), None)
    if proposed is None:
        return 0
    kept = {
        entry.policy for entry in proposed.entries if entry.severity in (None, Severity.ERROR)
    }
    return sum(
        1
        for one in listing.counting(report)
        if one.severity is Severity.ERROR
        and binds_data(one, report.policies)
        and one.policy not in kept
    )


def _baseline(report: Report, found: Linted, typed: Sequence[str]) -> Iterator[NextStep]:
    """To record today's findings, where nothing is compared with others and all could be read."""
    request = found.run.request
    compares = (
        request.baseline or request.write_baseline or request.diff_base or request.rules_from
    )
    counting = len(listing.counting(report))
    if compares or request.affected or report.failures or not counting:
        return
    if not Path(BASELINE).exists():
        command = (*typed, "--write-baseline", BASELINE)
        yield NextStep(command, Note("report.screen-next-baseline", {"count": counting}))


def _note(key: str, count: int, **about: object) -> Note:
    """A sentence on so many things."""
    return Note(f"{key}-{'one' if count == 1 else 'many'}", {"count": count, **about})
