"""``sovlint scan --format text``: blocks of findings with labelled frames, their sources, and a summary."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.model.finding import Finding, Report, Verdict
from sovlint.model.placement import Source
from sovlint.model.redact import printable, shown
from sovlint.model.text import Note
from sovlint.report import frames, notes, summary
from sovlint.report.blocks import Block, blocks, subject
from sovlint.report.messages import say
from sovlint.report.notes import Told
from sovlint.report.style import Style, wrap


def render(report: Report, language: str, style: Style) -> str:
    """The whole text: worst findings first, the summary last, since that is what a terminal still shows."""
    told = Told()
    parts = [_block(block, report, told, language, style) for block in blocks(_listed(report), language)]
    if told.sources:
        parts.append(_sources(told.sources, language, style))
    parts.append(summary.render(report, language, style))
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _listed(report: Report) -> list[Finding]:
    """Findings that get a block: those suppressed are named in the summary alone."""
    return [
        finding
        for finding in report.findings
        if finding.suppressed is None and (report.show_compliant or finding.verdict is not Verdict.COMPLIANT)
    ]


def _block(block: Block, report: Report, told: Told, language: str, style: Style) -> list[str]:
    lines = [row for finding in block.findings for row in _headline(finding, language, style)]
    if block.findings[0].verdict is Verdict.COMPLIANT:
        return [*lines, *_where(block, language, style)]
    gutter = frames.gutter_of(block.marks)
    return [
        *lines,
        *frames.render(block.marks, report.excerpts, style),
        *notes.below(block, report.policies, told, language, style, gutter),
    ]


def _headline(finding: Finding, language: str, style: Style) -> list[str]:
    """``error[policy-id]: sentence``; an unproven one says so before the sentence."""
    compliant = finding.verdict is Verdict.COMPLIANT
    sort = "good" if compliant else finding.severity.value
    kind = say(Note("report.compliant" if compliant else f"report.{finding.severity.value}"), language)
    tag = f"{kind}[{printable(finding.policy)}]"
    unproven = f" ({say(Note('report.unproven'), language)})" if finding.verdict is Verdict.UNPROVEN else ""
    colon = " :" if language == "fr" else ":"
    first = f"{tag}{unproven}{colon} "
    rows = wrap(say(finding.headline, language), style.columns, first, "  ")
    painted = style.paint(tag, sort) + style.paint(rows[0][len(tag) :], "strong")
    return [painted, *(style.paint(row, "strong") for row in rows[1:])]


def _where(block: Block, language: str, style: Style) -> list[str]:
    """The place of compliant findings in a line."""
    where = block.marks[0].span
    names = ", ".join((subject(block.findings[0].resource, language), *block.others))
    place = f"{shown(where.path)}:{where.line}:{where.column}"
    return wrap(f"{place} {names}", style.columns, " --> ", "     ")


def _sources(sources: Mapping[Source, int], language: str, style: Style) -> list[str]:
    """The list that the numbers in the blocks refer to."""
    lines = [style.paint(say(Note("report.sources-title"), language), "strong")]
    for source, number in sources.items():
        key = "source-background" if source.background else "source-read"
        params = {"supports": source.supports, "date": source.date}
        head = f"  [{number}] "
        lines += wrap(say(Note(f"report.{key}", params), language), style.columns, head, " " * len(head))
        if source.url:
            lines.append(" " * len(head) + style.link(printable(source.url)))
    return lines
