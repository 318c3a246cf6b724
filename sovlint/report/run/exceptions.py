"""The audit of exceptions in the text report: how many are used, and every one that needs somebody's attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.model.exception import Audited, Kind, State
from sovlint.model.findings.finding import Report
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import listing

MOST: Final = 10
"""Exceptions of one kind that are listed; JSON has them all."""


def lines(report: Report, language: str, full: bool = False) -> list[str]:
    """A sentence for each kind of exception, and one for each exception that doesn't hold or isn't needed; where
    everything is asked for, one for each that is in use too."""
    said = []
    for kind in Kind:
        listed = [each for each in report.exceptions if each.kind is kind]
        if listed:
            said += [_counts(kind, listed, language), *_attention(listed, language)]
        if kind is not Kind.BASELINE:  # whose entries name a host each
            said += _hosts(listed, language)
        if full:
            said += (_in_use(each, language) for each in listed if each.state is State.USED)
    return said


def _hosts(listed: list[Audited], language: str) -> Iterator[str]:
    """What is about an address, and excuses whatever goes from there to hosts of which nobody knows who answers."""
    for each in listed:
        hosts = sorted({one.identity.host for one in each.absorbed if one.identity.host})
        if hosts:
            more = ("...",) if len(hosts) > MOST else ()
            named = (*hosts[:MOST], *more)
            about = line(each, language)
            yield phrase("report.exception-hosts", language, exception=about, hosts=named)


def _in_use(each: Audited, language: str) -> str:
    """An exception that excuses something: until when, why, and what."""
    return phrase(
        "report.exception-in-use",
        language,
        exception=line(each, language),
        until=each.until.isoformat() if each.until else Note("report.exception-no-end"),
        reason=each.reason,
        excused=tuple(sorted({one.identity.address for one in each.absorbed})),
    )


def line(each: Audited, language: str) -> str:
    """One exception: where it stands, what it waives, what became of it and whom to ask."""
    told = phrase(
        "report.exception",
        language,
        place=f"{each.where.path}:{each.where.line}",
        policies=each.policies or "?",
        state=Note(f"report.state-{each.state.value}"),
    )
    if each.why is not None:
        told = phrase("report.exception-why", language, exception=told, why=each.why)
    if each.owner is None:
        return told
    return phrase(
        "report.exception-people",
        language,
        exception=told,
        owner=each.owner,
        approver=each.approver or "",
        ticket=each.ticket or "",
    )


def _counts(kind: Kind, listed: list[Audited], language: str) -> str:
    states = Counter(each.state for each in listed)
    told = tuple(
        counted(f"report.exceptions-{state.value}", states[state], language)
        for state in State
        if states[state]
    )
    excused = counted("report.excused", sum(len(each.absorbed) for each in listed), language)
    return phrase(
        "report.exceptions",
        language,
        kind=Note(f"report.kind-{kind.value}"),
        states=told,
        excused=excused,
    )


def _attention(listed: list[Audited], language: str) -> Iterator[str]:
    found = listing.lapsed(listed)
    yield from (line(each, language) for each in found[:MOST])
    if len(found) > MOST:
        yield counted("report.more-exceptions", len(found) - MOST, language)
