"""``sovlint scan --format text``: a map of what lands where, the causes of what isn't proved, findings, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.placement import KEEPING
from sovlint.model.redaction.redact import inert, safe_text
from sovlint.model.value import Known
from sovlint.report.messages import counted, labelled, phrase, say
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
from sovlint.report.pieces.landings import MapLine, landings
from sovlint.report.pieces.style import Style, wrap
from sovlint.report.run import label_first, summary

LIMIT: Final = 5
"""Blocks of findings that are told unasked: with map, causes and summary that is a few screens."""

MOST_LINES: Final = 10
"""Lines of the map, its head apart: with what the codes stand for, they leave room for the first causes on a screen."""

MOST_LISTED: Final = 6
"""Causes of which a line is told unasked."""

MOST_STILL_TOLD: Final = 8
"""Findings about no placement of which a line is told where there is no room for all of them."""

MOST_ABOUT: Final = 24
"""Columns of what a cause is about, in its line."""

MOST_CAUSES: Final = 3
"""Causes that are told unasked with their places and with what settles them."""

_Waiting = tuple[FindingBlock, causes.CauseGroup]
"""What waits for one thing: how it is told, and all of it."""

_ARROW: Final = (" --> ", "     ")
"""What stands before a place, and before the further lines of it."""


def render(report: Report, language: str, style: Style) -> str:
    """The whole text: the map first, then causes, then findings, worst first; the summary last, since that is what a
    terminal still shows."""
    already_said = AlreadySaid()
    found = blocks(listing.shown(report), language)
    waiting = _groups(found)
    alone = sorted((block for block in found if block.cause is None), key=_badness)
    lines = landings(report)
    parts = [
        *_change(report, language, style),
        *([_map(lines, report, language, style)] if lines else []),
        *_label_first(report, language, style),
        *_causes(waiting, report, already_said, language, style),
        *_findings(alone, report, already_said, language, style),
        *_references(already_said, language, style),
        *_supposed(report, language, style),
        summary.render(report, language, style),
    ]
    return inert("\n\n".join("\n".join(lines) for lines in parts) + "\n")


def _change(report: Report, language: str, style: Style) -> list[list[str]]:
    """Of a change, what it brings: that is what its author wants to know."""
    if report.difference is None:
        return []
    from sovlint.report.run import difference  # imported late: most reports have none

    return [wrap(difference.first(report, report.difference, language), style.columns)]


def _supposed(report: Report, language: str, style: Style) -> list[list[str]]:
    """What would be otherwise, where somebody supposes something."""
    if not report.supposed:
        return []
    from sovlint.report.run import supposed  # imported late: few ask

    return [supposed.render(report, language, style)]


def _badness(block: FindingBlock) -> tuple[object, ...]:
    """The worst first; of those that are as bad, what keeps data before what handles it, then what violates most
    policies."""
    violated = sum(1 for one in block.findings if one.verdict is Verdict.VIOLATION)
    first = block.findings[0]
    role = first.placement.role if first.placement is not None else None
    handles = isinstance(role, Known) and role.value not in KEEPING
    return *rank(first), handles, -violated


def _map(lines: Sequence[MapLine], report: Report, language: str, style: Style) -> list[str]:
    return map_table.render(
        lines, report, language, style, None if style.full else MOST_LINES
    )


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


def _label_first(report: Report, language: str, style: Style) -> list[list[str]]:
    """Where nobody says what data anything holds, and none is assumed: what to label first, and how."""
    asked = label_first.is_asked(report)
    return [label_first.render(report, language, style)] if asked else []


def _causes(
    waiting: Sequence[_Waiting],
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[list[str]]:
    """What isn't proved, by cause: a line each, then how much, the first of it, and what settles it."""
    if not waiting:
        return []
    shown = waiting if style.full else waiting[:MOST_CAUSES]
    title = style.paint(phrase("report.causes-title", language), "strong")
    parts = [[title, *_listed(waiting, language, style)]]
    parts += (_waiting(each, report, already_said, language, style) for each in shown)
    if len(waiting) == 1:
        parts = [[title, *parts[1]]]
    if left := len(waiting) - len(shown):
        parts.append(style.paragraphs([counted("report.more-causes", left, language)]))
    return parts


def _listed(waiting: Sequence[_Waiting], language: str, style: Style) -> list[str]:
    """How many placements wait for each cause, and why: what tells two of them apart may stand at the end."""
    reasons = Counter(say(group.cause.why, language) for _, group in waiting)
    listed = [
        (str(len(group.told)), _reason(group, reasons, language))
        for _, group in waiting[: None if style.full else MOST_LISTED]
    ]
    width = max(len(count) for count, _ in listed)
    lines = [
        line
        for count, why in listed
        for line in wrap(why, style.columns, f"  {count:>{width}}  ", " " * (width + 4))
    ]
    if left := len(waiting) - len(listed):
        lines += style.paragraphs(
            [counted("report.causes-left", left, language)], "  ", "    "
        )
    return lines


def _reason(group: causes.CauseGroup, reasons: Mapping[str, int], language: str) -> str:
    """Why, after the company that it is about, or after what tells it from others that wait for the like."""
    why, place = say(group.cause.why, language), group.first.placement
    about = place.provider_name if group.cause.claim and place is not None else ""
    if not about and reasons[why] > 1:
        about = group.cause.name
    if not about:
        return why
    shown = safe_text(about)
    if len(shown) > MOST_ABOUT:
        shown = shown.partition(":")[0]  # the folder: what stands behind it is in the reason
    if len(shown) > MOST_ABOUT:  # what tells folders apart stands at their end
        shown = f"…{shown[1 - MOST_ABOUT :]}"
    return f"{labelled(shown, language)} {why}"


def _findings(
    alone: Sequence[FindingBlock],
    report: Report,
    already_said: AlreadySaid,
    language: str,
    style: Style,
) -> list[list[str]]:
    """Findings that wait for nothing in common, worst first; where not all are told, how many there are besides."""
    limit = _limit(style, len(alone))
    shown = alone[:limit]
    parts = [_block(block, report, already_said, language, style) for block in shown]
    if parts:
        title = style.paint(phrase("report.findings-title", language), "strong")
        parts[0] = [title, *parts[0]]
    if left := sum(len(block.findings) * (1 + len(block.others)) for block in alone[limit:]):
        more = counted("report.more-findings", left, language, next=max(limit, LIMIT) * 5)
        parts.append(style.paragraphs([more]))
        parts[-1] += style.paragraphs(_still_told(alone[limit:], language), "  ", "    ")
    return parts


def _still_told(hidden: Sequence[FindingBlock], language: str) -> list[str]:
    """A line for findings that are about no placement, a word that means nothing say: they come last by their severity,
    though what they are about may be the reason why others are gone."""
    told = dict.fromkeys(
        f"{place(one.span)} [{safe_text(one.policy)}] {listing.headline(one, language)}"
        for block in hidden
        for one in block.findings
        if one.placement is None and one.counts
    )
    left = len(told) - MOST_STILL_TOLD
    return [*list(told)[:MOST_STILL_TOLD], *([f"+ {left}"] if left > 0 else [])]


def _limit(style: Style, all_of_them: int) -> int:
    """How many blocks are told."""
    if style.limit is not None:
        return style.limit
    return all_of_them if style.full else LIMIT


def _references(already_said: AlreadySaid, language: str, style: Style) -> list[list[str]]:
    """What the numbers stand for, or how to see that; and that some things are told once."""
    parts = []
    if already_said.policies:
        parts.append(wrap(phrase("report.told-once", language), style.columns))
    if already_said.sources and (style.sources or style.full):
        parts.append(sources.render(already_said.sources, language, style))
    elif already_said.sources:
        kept = phrase("report.sources-kept", language, count=len(already_said.sources))
        parts[-1:] = [[*(parts[-1] if parts else []), *wrap(kept, style.columns)]]
    return parts


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
    words, keys = causes.headline(group, language), report.config_keys
    return [
        *headlines.sentence(group.first, words, language, style),
        *style.paragraphs(said, *_ARROW),
        *(
            below_frames.below(block, report, (), already_said, language, style, 1)
            if style.full
            else below_frames.settled_by(block.findings, language, style, 1, keys)
        ),
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
