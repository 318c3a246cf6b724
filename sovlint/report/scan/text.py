"""``sovlint scan --format text``: blocks of findings with labelled frames, their sources, and a summary."""

from __future__ import annotations

from typing import Final

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.redaction.redact import inert
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import below_frames, causes, frames, headlines, listing, sources
from sovlint.report.pieces.already_said import AlreadySaid
from sovlint.report.pieces.blocks import FindingBlock, blocks, subject
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.style import Style, wrap
from sovlint.report.run import summary

_ARROW: Final = (" --> ", "     ")
"""What stands before a place, and before the further lines of it."""


def render(report: Report, language: str, style: Style) -> str:
    """The whole text: worst findings first, the summary last, since that is what a terminal still shows."""
    already_said = AlreadySaid()
    found = blocks(listing.shown(report), language)
    parts = [_block(block, report, already_said, language, style) for block in found]
    if already_said.policies:
        parts.append(wrap(phrase("report.told-once", language), style.columns))
    if already_said.sources:
        parts.append(sources.render(already_said.sources, language, style))
    parts.append(summary.render(report, language, style))
    return inert("\n\n".join("\n".join(lines) for lines in parts) + "\n")


def _block(
    block: FindingBlock, report: Report, already_said: AlreadySaid, language: str, style: Style
) -> list[str]:
    if block.cause is not None:
        return _waiting(
            block,
            causes.CauseGroup(block.cause, block.findings),
            report,
            already_said,
            language,
            style,
        )
    lines = headlines.render(block.findings, already_said.lighter, language, style)
    if block.findings[0].verdict is Verdict.COMPLIANT:
        return [*lines, *_where(block, language, style)]
    fresh, again = already_said.split(block)
    return [
        *lines,
        *frames.render(fresh, report.excerpts, language, style),
        *below_frames.below(
            block, report.policies, again, already_said, language, style, frames.gutter_of(fresh)
        ),
    ]


def _waiting(
    block: FindingBlock,
    group: causes.CauseGroup,
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[str]:
    """What waits for one thing: how much, the first of it, and what settles it."""
    said = [f"{place(mark.span)} {mark.label}" for mark in block.marks]
    if left := len(group.told) - len(said):
        said.append(counted("report.cause-more", left, language))
    return [
        *headlines.sentence(group.first, causes.headline(group, language), language, style),
        *style.paragraphs(said, *_ARROW),
        *below_frames.below(block, report.policies, (), already_said, language, style, 1),
    ]


def _where(block: FindingBlock, language: str, style: Style) -> list[str]:
    """The places of compliant findings, a line each."""
    where = block.marks[0].span
    here = [
        subject(block.findings[0].resource, language),
        *(one.subject for one in block.others if one.span is None),
    ]
    elsewhere = [f"{place(one.span)} {one.subject}" for one in block.others if one.span is not None]
    said = [f"{place(where)} {', '.join(here)}", *elsewhere]
    return style.paragraphs(said, *_ARROW)
