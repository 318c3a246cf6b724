"""What isn't proved, as a screen tells it: a line for each thing that it waits for, with the number of placements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding, Report, Severity, Verdict
from sovlint.report.messages import counted, phrase, say, word
from sovlint.report.pieces import listing
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.headlines import is_composed
from sovlint.report.pieces.style import Style, columns_of, heading, shortened

MOST: Final = 6
"""Things that are told; the rest are counted."""
ROWS: Final = 2
"""Lines of each."""

_SEVERITY: Final = {severity: rank for rank, severity in enumerate(Severity)}


class OpenQuestion(Struct, frozen=True):
    """All that waits for one thing, or for several of which the same is said: contracts with one company for one
    qualification, projects of which nothing says where they run."""

    groups: tuple[CauseGroup, ...]
    alone: tuple[Finding, ...] = ()
    """What waits for nothing that has a name, and is told in the same words."""

    @property
    def first(self) -> Finding:
        """The one that speaks for all."""
        return self.groups[0].first if self.groups else self.alone[0]

    @property
    def count(self) -> int:
        """How many placements wait."""
        return sum(len(group.told) for group in self.groups) + len(self.alone)

    @property
    def services(self) -> tuple[str, ...]:
        """The services that a contract must name."""
        named = (group.cause.name.partition("/")[2] for group in self.groups)
        return tuple(dict.fromkeys(filter(None, named)))


def open_questions(report: Report, language: str) -> list[OpenQuestion]:
    """All of them: errors first, then by how much waits."""
    waiting: dict[object, dict[str, list[Finding]]] = {}
    alone: dict[str, list[Finding]] = {}
    for one in listing.counting(report):
        if one.verdict is not Verdict.UNPROVEN:
            continue
        if one.cause is None or not one.cause.shared:
            alone.setdefault(_own_words(one, language), []).append(one)
            continue
        provider = one.cause.name.partition("/")[0]
        about = provider if one.cause.is_contract else say(one.cause.why, language)
        key = one.cause.claim or one.cause.kind, about
        waiting.setdefault(key, {}).setdefault(one.cause.id, []).append(one)
    found = [
        OpenQuestion(tuple(map(_cause_group, by_cause.values())))
        for by_cause in waiting.values()
    ]
    found += (OpenQuestion((), tuple(each)) for each in alone.values())
    return sorted(found, key=_weight)


def render(
    questions: Sequence[OpenQuestion], report: Report, language: str, style: Style
) -> list[str]:
    """A title, then the first ``MOST`` with their numbers; the rest are counted."""
    if not questions:
        return []
    shown = questions[:MOST]
    width = max(len(str(each.count)) for each in shown)
    lines = heading(phrase("report.screen-questions", language), style)
    for each in shown:
        head = f"  {each.count:>{width}}  "
        rest = " " * len(head)
        rows = shortened(_said(each, report, language), style.columns, head, rest, ROWS)
        at = place(each.first.span)
        beside = f"{rows[-1]} {at}"
        rows = (
            [*rows[:-1], beside]
            if columns_of(beside) <= style.columns
            else [*rows, rest + at]
        )
        number = rows[0][: columns_of(head)]
        lines += [style.paint(number, "unproven") + rows[0][len(number) :], *rows[1:]]
    if left := sum(each.count for each in questions[MOST:]):
        lines.append(f"  {counted('report.screen-more-questions', left, language)}")
    return lines


def _own_words(finding: Finding, language: str) -> str:
    """What is said of a finding that waits for nothing that has a name, without of what that is said."""
    headline = finding.headline
    if not is_composed(headline):
        return listing.headline(finding, language)
    return word(headline.params["found"], language)


def _cause_group(findings: Iterable[Finding]) -> CauseGroup:
    listed = sorted(findings, key=lambda one: not one.counts)
    cause = listed[0].cause
    assert cause is not None
    return CauseGroup(cause, tuple(listed))


def _weight(question: OpenQuestion) -> tuple[object, ...]:
    first = question.first
    return _SEVERITY[first.severity], -question.count, first.span, first.policy


def _said(question: OpenQuestion, report: Report, language: str) -> str:
    """What is asked: whether a contract is signed, or what the cause says that nobody knows."""
    if not question.groups:
        return _own_words(question.first, language)
    cause = question.groups[0].cause
    if not cause.is_contract:
        return say(cause.why, language)
    provider = cause.name.partition("/")[0]
    title = report.world.qualifications.get(cause.claim)
    about = {
        "company": report.world.providers.get(provider, provider),
        "title": title if title is not None else cause.claim,
    }
    said = phrase("report.screen-contract", language, **about)
    services = question.services
    if not services:
        return said
    return phrase("report.screen-contract-services", language, asked=said, services=services)
