"""What would be otherwise in a world that is supposed, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from sovlint.model.findings.change import Move
from sovlint.model.findings.finding import (
    Finding,
    Report,
    SupposedFinding,
    SupposedOutcome,
    Verdict,
)
from sovlint.model.findings.supposed import Becomes, StateChange
from sovlint.model.placement import Holding, Placement
from sovlint.model.redaction.redact import safe_text
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known
from sovlint.report.messages import counted, labelled, phrase, word
from sovlint.report.pieces import listing
from sovlint.report.pieces.blocks import subject
from sovlint.report.pieces.fact_words import fact_text, place, place_text, term
from sovlint.report.pieces.style import Style, wrap

MOST: Final = 3
"""Findings of one policy that are named unasked."""
FACTS: Final = ("country", "control", "technology")
"""Facts of a placement that are told where a supposition changes them; areas follow from the country."""


def render(report: Report, language: str, style: Style) -> list[str]:
    """The section of the text: each outcome, then what would be otherwise by company, state and finding."""
    title = phrase("report.suppose-title", language)
    lines = [style.paint(row, "strong") for row in wrap(title, style.columns)]
    for one in report.supposed:
        lines += style.paragraphs([heading(one, language)], "  ", "  ")
        lines += style.paragraphs(
            details(one, report, language, style.full), "    ", "      "
        )
    return [*lines, *style.paragraphs([meaning(language)], "  ", "  ")]


def meaning(language: str) -> str:
    """What is held against what, and that today's result stays."""
    return phrase("report.supposed-meaning", language)


def details(one: SupposedOutcome, report: Report, language: str, full: bool) -> list[str]:
    """What would be otherwise in one outcome."""
    if full:
        return [
            *facts(one, report, language),
            *(_finding(each, language) for each in one.findings),
        ]
    return [*facts(one, report, language), *findings(one, language)]


def findings(one: SupposedOutcome, language: str) -> Iterator[str]:
    """What would become of findings, a sentence for each policy, with the first of them."""
    groups: dict[tuple[Becomes, str, str], list[Finding]] = {}
    for each in one.findings:
        key = (each.becomes, _kind(each.told, language), each.told.policy)
        groups.setdefault(key, []).append(each.told)
    for (becomes, kind, policy), found in groups.items():
        named = tuple(
            f"{subject(each.resource, language)} ({place(each.span)})"
            for each in found[:MOST]
        )
        left = (f"+ {len(found) - MOST}",) if len(found) > MOST else ()
        yield phrase(
            f"report.supposed-finding-{becomes.value}",
            language,
            kind=kind,
            policy=policy,
            named=(*named, *left),
        )


def heading(one: SupposedOutcome, language: str) -> str:
    """What is supposed, on which day, and how many findings that makes otherwise; or that it changes nothing here."""
    params = {"title": title(one, language), "place": where(one), "day": one.as_of}
    if not one.changes:
        return phrase("report.supposed-nothing", language, **params)
    kinds = Counter(each.becomes for each in one.findings)
    counts = tuple(
        counted(f"report.supposed-{kind.value}", kinds[kind], language)
        for kind in Becomes
        if kinds[kind]
    )
    verdicts = tuple(
        _count(verdict, one.before[verdict], one.after[verdict], language)
        for verdict in one.before
    )
    none = (phrase("report.supposed-no-findings", language),)
    return phrase(
        "report.supposed", language, **params, counts=counts or none, verdicts=verdicts
    )


def title(one: SupposedOutcome, language: str) -> str:
    """What is supposed: in the words of whoever wrote it, or how much at once."""
    if len(one.titles) > 1:
        return counted("report.supposed-together", len(one.titles), language)
    return safe_text(one.titles[0])


def where(one: SupposedOutcome) -> str:
    """Where it is written; of several, the first."""
    return place_text(one.where.path, one.where.line)


def facts(one: SupposedOutcome, report: Report, language: str) -> Iterator[str]:
    """What would be otherwise of companies and states."""
    found = Counter(
        (move.after.provider_name, said)
        for move in one.moves
        if (said := _facts(move, report, language))
    )
    for (company, said), count in sorted(found.items()):
        placements = counted("report.supposed-placements", count, language)
        yield f"{labelled(safe_text(company), language)} {placements}, {said}"
    for state in one.states:
        yield from _state(state, language)
    if one.states:
        yield phrase("report.supposed-companies", language, companies=one.companies)


def _facts(move: Move, report: Report, language: str) -> str:
    """What would be otherwise of one placement."""
    changed = [
        (
            term("fact", name, language),
            _text(move.before, name, language),
            _text(move.after, name, language),
        )
        for name in FACTS
    ]
    titles = report.world.qualifications
    for was, would in zip(_holdings(move.before), _holdings(move.after), strict=False):
        name = word(titles.get(would.name, would.name), language)
        changed.append((name, _held(was, language), _held(would, language)))
    return ", ".join(
        phrase("report.supposed-fact", language, fact=fact, before=before, after=after)
        for fact, before, after in changed
        if before != after
    )


def _text(found: Placement, name: str, language: str) -> str:
    fact: Fact[Any] = getattr(found, name)
    return fact_text(fact, language)


def _holdings(found: Placement) -> list[Holding]:
    return sorted(found.holdings, key=lambda one: one.name)


def _held(holding: Holding, language: str) -> str:
    if not isinstance(holding.held, Known):
        return phrase("report.supposed-held-open", language)
    return phrase(f"report.supposed-held-{'yes' if holding.held.value else 'no'}", language)


def _state(state: StateChange, language: str) -> Iterator[str]:
    """The laws and the adequacy of a state, as far as they would be otherwise."""
    name, before, after = state.after.name, state.before, state.after
    for key, here, there in (("ends", before, after), ("begins", after, before)):
        laws = _names(here.laws, there.laws, language)
        if laws:
            yield phrase(f"report.supposed-law-{key}", language, state=name, laws=laws)
    for was, would in ((before.adequate, after.adequate), (before.partly, after.partly)):
        if was != would:
            key = "begins" if would else "ends"
            yield phrase(f"report.supposed-adequacy-{key}", language, state=name)
            return


def _names(
    here: tuple[Bilingual | Note, ...], there: tuple[Bilingual | Note, ...], language: str
) -> tuple[str, ...]:
    return tuple(word(each, language) for each in here if each not in there)


def _finding(one: SupposedFinding, language: str) -> str:
    """A finding, with its sentence."""
    found = one.told
    said = phrase(
        f"report.supposed-finding-{one.becomes.value}",
        language,
        kind=_kind(found, language),
        policy=found.policy,
        named=(f"{subject(found.resource, language)} ({place(found.span)})",),
    )
    return f"{labelled(said, language)} {listing.headline(found, language)}"


def _kind(found: Finding, language: str) -> str:
    """How severe a finding is, and that it is unproven."""
    severity = phrase(f"report.{found.severity.value}", language)
    if found.verdict is not Verdict.UNPROVEN:
        return severity
    unproven = Note("report.unproven")
    return phrase("formats.verdict", language, severity=severity, verdict=unproven)


def _count(verdict: Verdict, before: int, after: int, language: str) -> str:
    """How many findings there are, and would be, of a verdict."""
    number = str(before) if before == after else f"{before} → {after}"
    return phrase(f"report.supposed-count-{verdict.value}", language, number=number)
