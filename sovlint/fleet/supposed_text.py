"""What would be otherwise over a fleet, as text for people, and as JSON (contract ``sovlint-fleet-suppose/1``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import to_builtins

from sovlint.fleet.supposed import (
    FleetOutcome,
    FleetSupposed,
    RepositoryFinding,
    RepositoryOutcome,
    StateLine,
)
from sovlint.model.findings.supposed import Becomes
from sovlint.model.redaction.redact import safe_text
from sovlint.report.french import in_language
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.json_text import dump
from sovlint.report.pieces.style import Style, wrap

SCHEMA: Final = "sovlint-fleet-suppose/1"
MOST: Final = 20
"""Repositories of a supposition that a text tells unasked."""
MOST_NAMED: Final = 3
"""Findings of one policy that are named of each."""
_VERDICTS: Final = ("violation", "unproven", "compliant")


def as_json(found: FleetSupposed) -> str:
    """All of it."""
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": found.day,
        "repositories": found.judged,
        "outcomes": [_data(each) for each in found.outcomes],
        "missing": [
            {"repository": name, "reason": reason} for name, reason in found.missing.items()
        ],
    }
    return dump(told)


def _data(one: FleetOutcome) -> dict[str, Any]:
    told: dict[str, Any] = to_builtins(one)
    told["teams"] = [
        {"team": team, **{each.value: counts[each] for each in Becomes}}
        for team, counts in one.teams()
    ]
    return told


def text(found: FleetSupposed, language: str, style: Style) -> str:
    """Each supposition with the companies, states and teams that it concerns, then repositories, the worst first."""
    title = phrase("fleet.suppose-title", language, count=found.judged)
    lines = [style.paint(row, "strong") for row in wrap(title, style.columns)]
    for one in found.outcomes:
        lines += style.paragraphs([_heading(one, language)], "  ", "  ")
        lines += style.paragraphs(list(_about(one, language)), "    ", "      ")
        for repository in one.repositories if style.full else one.repositories[:MOST]:
            lines += style.paragraphs([_repository(repository, language)], "    ", "      ")
            lines += style.paragraphs(
                list(_findings(repository, language)), "      ", "        "
            )
        left = len(one.repositories) - MOST
        if left > 0 and not style.full:
            lines += style.paragraphs(
                [phrase("fleet.supposed-more", language, count=left)], "    ", "      "
            )
    for name, reason in found.missing.items():
        problem = in_language(reason, language)
        lines.append(
            phrase("fleet.supposed-unread", language, repository=name, problem=problem)
        )
    lines += style.paragraphs([phrase("report.supposed-meaning", language)], "  ", "  ")
    return "\n".join(lines) + "\n"


def _heading(one: FleetOutcome, language: str) -> str:
    params = {"title": _title(one, language), "day": one.as_of}
    if not one.changes:
        return phrase("fleet.supposed-nothing", language, **params)
    kinds = Counter(each.becomes for part in one.repositories for each in part.findings)
    verdicts = tuple(
        phrase(
            f"report.supposed-count-{verdict}",
            language,
            number=_number(one.before.get(verdict, 0), one.after.get(verdict, 0)),
        )
        for verdict in _VERDICTS
    )
    return phrase(
        "fleet.supposed",
        language,
        **params,
        counts=_counts(kinds, language),
        verdicts=verdicts,
    )


def _title(one: FleetOutcome, language: str) -> str:
    if len(one.titles) > 1:
        return counted("report.supposed-together", len(one.titles), language)
    return safe_text(one.titles[0])


def _number(before: int, after: int) -> str:
    return str(before) if before == after else f"{before} → {after}"


def _counts(kinds: Counter[Becomes], language: str) -> tuple[str, ...]:
    told = tuple(
        counted(f"report.supposed-{kind.value}", kinds[kind], language)
        for kind in Becomes
        if kinds[kind]
    )
    return told or (phrase("report.supposed-no-findings", language),)


def _about(one: FleetOutcome, language: str) -> Iterator[str]:
    """Companies and states, each with the number of repositories; then teams."""
    if one.companies:
        companies = tuple(
            phrase("fleet.supposed-count", language, name=name, count=count)
            for name, count in one.companies.items()
        )
        yield phrase("fleet.supposed-companies", language, companies=companies)
    for state in one.states:
        yield from _state(state, language)
    teams = one.teams()
    if any(team for team, _ in teams):
        told = tuple(
            phrase(
                "fleet.supposed-team",
                language,
                team=team or phrase("fleet.supposed-no-team", language),
                number=sum(counts.values()),
            )
            for team, counts in teams
        )
        yield phrase("fleet.supposed-teams", language, teams=told)


def _state(state: StateLine, language: str) -> Iterator[str]:
    named = phrase(
        "fleet.supposed-count", language, name=state.state, count=state.repositories
    )
    before, after = state.before, state.after
    for key, here, there in (("ends", before, after), ("begins", after, before)):
        laws = tuple(each for each in here["laws"] if each not in there["laws"])
        if laws:
            yield phrase(f"report.supposed-law-{key}", language, state=named, laws=laws)
    for fact in ("adequate", "partly"):
        if before[fact] != after[fact]:
            key = "begins" if after[fact] else "ends"
            yield phrase(f"report.supposed-adequacy-{key}", language, state=named)
            return


def _repository(one: RepositoryOutcome, language: str) -> str:
    kinds = Counter(each.becomes for each in one.findings)
    counts = _counts(kinds, language)
    if one.placements:
        placements = counted("report.supposed-placements", one.placements, language)
        counts = (*counts, placements)
    params: dict[str, object] = {"repository": one.repository, "counts": counts}
    if not one.owners:
        return phrase("fleet.supposed-repository", language, **params)
    return phrase("fleet.supposed-owned", language, **params, owners=one.owners)


def _findings(one: RepositoryOutcome, language: str) -> Iterator[str]:
    """A line for each policy and what becomes of its findings, with the first of them."""
    groups: dict[tuple[Becomes, str, str, str], list[RepositoryFinding]] = {}
    for each in one.findings:
        key = each.becomes, each.severity, each.verdict, each.policy
        groups.setdefault(key, []).append(each)
    for (becomes, severity, verdict, policy), found in groups.items():
        yield phrase(
            f"report.supposed-finding-{becomes.value}",
            language,
            kind=_kind(severity, verdict, language),
            policy=policy,
            named=_named(found),
        )


def _kind(severity: str, verdict: str, language: str) -> str:
    said = phrase(f"report.{severity}", language)
    if verdict != "unproven":
        return said
    unproven = phrase("report.unproven", language)
    return phrase("formats.verdict", language, severity=said, verdict=unproven)


def _named(found: Sequence[RepositoryFinding]) -> tuple[str, ...]:
    named = tuple(
        f"{each.address} ({place_text(each.path, each.line)})" for each in found[:MOST_NAMED]
    )
    left = len(found) - MOST_NAMED
    return (*named, f"+ {left}") if left > 0 else named
