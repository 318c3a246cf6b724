"""``sovlint scan --format text``: the screen (``screen.py``), or with ``--full`` all that there is to tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.placement import KEEPING
from sovlint.model.redaction.redact import inert
from sovlint.model.value import Known
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import (
    below_frames,
    causes,
    frames,
    headlines,
    listing,
    map_table,
    sources,
)
from sovlint.report.pieces.already_said import AlreadySaid
from sovlint.report.pieces.blocks import FindingBlock, blocks, rank, subject
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.style import Style, wrap
from sovlint.report.run import summary
from sovlint.report.scan import screen

_Waiting = tuple[FindingBlock, causes.CauseGroup]
"""What waits for one thing: how it is told, and all of it."""

_ARROW: Final = (" --> ", "     ")
"""What stands before a place, and before the further lines of it."""


def render(report: Report, language: str, style: Style) -> str:
    """The whole text: the map first, then causes, then findings, worst first; the summary last, since that is what a
    terminal still shows."""
    if not (style.full or report.show_compliant):
        return screen.render(report, language, style)
    already_said = AlreadySaid()
    found = blocks(listing.shown(report), language)
    alone = sorted((block for block in found if block.cause is None), key=_badness)
    lines = landings(report)
    parts = [
        screen.change(report, language, style),
        map_table.render(lines, report, language, style) if lines else [],
        *_findings(alone, report, already_said, language, style),
        *_causes(_groups(found), report, already_said, language, style),
        _references(already_said, language, style),
        screen.supposed(report, language, style),
        summary.render(report, language, style),
        screen.next_steps(report, language, style),
    ]
    return inert("\n\n".join("\n".join(part) for part in parts if part) + "\n")


def _badness(block: FindingBlock) -> tuple[object, ...]:
    """The worst first; of those that are as bad, what keeps data before what handles it, then what violates most
    policies."""
    violated = sum(1 for one in block.findings if one.verdict is Verdict.VIOLATION)
    first = block.findings[0]
    role = first.placement.role if first.placement is not None else None
    handles = isinstance(role, Known) and role.value not in KEEPING
    return *rank(first), handles, -violated


def _groups(found: Sequence[FindingBlock]) -> list[_Waiting]:
    """What waits for one thing: the worst first, of those that are as bad what most findings wait for."""
    groups = [
        (block, causes.CauseGroup(block.cause, block.findings))
        for block in found
        if block.cause is not None
    ]
    return sorted(
        groups,
        key=lambda each: (rank(each[1].first), -sum(one.counts for one in each[1].findings)),
    )


def _findings(
    alone: Sequence[FindingBlock],
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[list[str]]:
    """Findings that wait for nothing in common, worst first."""
    parts = [_block(block, report, already_said, language, style) for block in alone]
    return _under("report.findings-title", parts, language, style)


def _causes(
    waiting: Sequence[_Waiting],
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[list[str]]:
    """What isn't proved, by cause: how much, the first of it, and what settles it."""
    parts = [_waiting(each, report, already_said, language, style) for each in waiting]
    return _under("report.causes-title", parts, language, style)


def _under(key: str, parts: list[list[str]], language: str, style: Style) -> list[list[str]]:
    """Parts under a title, which stands with the first of them."""
    title = style.paint(phrase(key, language), "strong")
    return [[title, *parts[0]], *parts[1:]] if parts else []


def _references(already_said: AlreadySaid, language: str, style: Style) -> list[str]:
    """What the numbers stand for; and that some things are told once."""
    once = wrap(phrase("report.told-once", language), style.columns)
    said = once if already_said.policies else []
    numbers = already_said.sources
    listed = sources.render(numbers, language, style) if numbers else []
    return [*said, *([""] if said and listed else []), *listed]


def _block(
    block: FindingBlock,
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[str]:
    lines = headlines.render(block.findings, already_said.lighter, language, style)
    if block.findings[0].verdict is Verdict.COMPLIANT:
        return [*lines, *_where(block, language, style)]
    fresh, again = already_said.split(block)
    return [
        *lines,
        *frames.render(fresh, report.excerpts, language, style),
        *below_frames.below(
            block,
            report,
            again,
            already_said,
            language,
            style,
            frames.gutter_of(fresh),
        ),
    ]


def _waiting(
    waiting: _Waiting, report: Report, already_said: AlreadySaid, language: str, style: Style
) -> list[str]:
    """What waits for one thing: how much, the first of it, and what settles it."""
    block, group = waiting
    said = [f"{place(mark.span)} {mark.label}" for mark in block.marks]
    _, left = causes.named_first(group)
    if left:
        said.append(counted("report.cause-more", left, language))
    words = causes.headline(group, language)
    return [
        *headlines.sentence(group.first, words, language, style),
        *style.paragraphs(said, *_ARROW),
        *below_frames.below(block, report, (), already_said, language, style, 1),
    ]


def _where(block: FindingBlock, language: str, style: Style) -> list[str]:
    """The places of compliant findings, a line each."""
    where = block.marks[0].span
    here = [
        subject(block.findings[0].resource, language),
        *(one.subject for one in block.others if one.span is None),
    ]
    elsewhere = [
        f"{place(one.span)} {one.subject}" for one in block.others if one.span is not None
    ]
    said = [f"{place(where)} {', '.join(here)}", *elsewhere]
    return style.paragraphs(said, *_ARROW)
