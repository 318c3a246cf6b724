"""``sovlint scan --format concise``: a line for each finding, as editors and hooks read them: who, where, whose law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.redaction.redact import printable
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces import causes, contract, listing, map_table
from sovlint.report.pieces.blocks import order, subject, told_at
from sovlint.report.pieces.fact_words import fact_text, place, place_text
from sovlint.report.pieces.landings import Corner, corner
from sovlint.report.pieces.style import Style, whole
from sovlint.report.run import own_rules, totals
from sovlint.report.run.summary import failure_order

MOST_SETTINGS: Final = 3
"""As many settings are named of what waits for one thing."""


def render(report: Report, language: str, style: Style) -> str:
    """What couldn't be read, then findings, worst first, what waits for one thing on one line; the counts last."""
    alone, together = causes.told(causes.grouped(listing.listed(report)))
    told = [
        (order(one), _line(one, one.span, _about(one, report, language), language))
        for one in alone
    ]
    told += [
        (order(one), _line(one, told_at(one), _together(group, language), language))
        for group in together
        for one in (group.first,)
    ]
    # Instances and variants stand at one place: what is said alike of them is one line.
    alike = Counter(line for _, line in sorted(told, key=lambda each: each[0]))
    lines = [
        *_failures(report, language),
        *(_times(line, times) for line, times in alike.items()),
    ]
    lines += [*own_rules.sentences(report, language), *totals.left_out(report, language)]
    counts = f"{totals.counts(report, language)}."
    if lines:
        counts = phrase("formats.concise-counts", language, counts=counts)
    return whole([*lines, counts])


def _line(finding: Finding, where: Span, words: str, language: str) -> str:
    severity = phrase(f"report.{finding.severity.value}", language)
    if finding.verdict is Verdict.COMPLIANT:
        severity = phrase("report.compliant", language)
    about = f"{severity} {printable(finding.policy)}"
    if finding.verdict is Verdict.UNPROVEN:
        about += f" ({phrase('report.unproven', language)})"
    return f"{place(where)}: {labelled(about, language)} {words}"


def _about(finding: Finding, report: Report, language: str) -> str:
    """What is found, by which setting, and of which resource: one place may be many, in several roots and variants."""
    found = _found(finding, report, language)
    about = subject(finding.resource, language)
    return _with_settings(
        phrase("formats.concise-about", language, found=found, subject=about),
        (finding,),
        language,
    )


def _together(group: causes.CauseGroup, language: str) -> str:
    """What waits for one thing, with the settings by which data is sent there."""
    return _with_settings(causes.headline(group, language), group.told, language)


def _with_settings(said: str, findings: Sequence[Finding], language: str) -> str:
    places = [one.placement for one in findings if one.placement is not None]
    sent = tuple(dict.fromkeys(each.sent for each in places if each.sent))
    if not sent:
        return said
    shown = (*sent[:MOST_SETTINGS], "…") if len(sent) > MOST_SETTINGS else sent
    return phrase("formats.concise-sent", language, said=said, settings=shown)


def _found(finding: Finding, report: Report, language: str) -> str:
    """Who, where and whose law; what is found, where that is about the evidence itself."""
    text = report.policies.get(finding.policy)
    if finding.placement is None or (text is not None and not text.data):
        return say(finding.headline, language)
    told = corner(finding.placement, report)
    company = map_table.company(told, language)
    if not told.compelled_by:
        law = phrase("formats.concise-no-law", language)
    else:
        law = phrase("formats.concise-law", language, states=map_table.states(told, language))
    return ", ".join((company, _where(finding.placement.region, told, language), law))


def _where(region: Fact[str], told: Corner, language: str) -> str:
    """Region and country, as far as they are known."""
    named = isinstance(region, Known) or bool(contract.possible(region))
    placed = bool(told.country or told.countries or told.areas)
    if not placed:
        nowhere = phrase("report.unknown-place", language)
        return fact_text(region, language) if named else nowhere
    country = map_table.country(told, language)
    if not named:
        return country
    return phrase(
        "formats.concise-where", language, region=fact_text(region, language), country=country
    )


def _failures(report: Report, language: str) -> Iterator[str]:
    for failure in sorted(report.failures, key=failure_order):
        where = place_text(failure.path, failure.line, failure.column)
        about = phrase("formats.concise-unread", language)
        yield f"{where}: {labelled(about, language)} {say(failure.note, language)}"


def _times(line: str, times: int) -> str:
    return f"{line} (×{times})" if times > 1 else line
