"""The audit of attestations in the text report: who vouches for what, on which evidence, and what rests on it."""

from __future__ import annotations

from typing import Final

from sovlint.model.attestation import Vouched
from sovlint.model.exception import State
from sovlint.model.findings.finding import Report
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase

MOST: Final = 20
"""Attestations that are listed; JSON has them all."""

_ORDER: Final = {State.EXPIRED: 0, State.INVALID: 1, State.UNUSED: 2, State.USED: 3}


def ordered(report: Report) -> list[Vouched]:
    """Those that somebody must look after come first, then by place."""
    return sorted(report.attestations, key=lambda each: (_ORDER[each.state], each.where))


def lines(report: Report, language: str) -> list[str]:
    """A sentence for each attestation."""
    found = ordered(report)
    said = [line(each, language) for each in found[:MOST]]
    if len(found) > MOST:
        said.append(counted("report.more-attestations", len(found) - MOST, language))
    return said


def line(each: Vouched, language: str) -> str:
    """One attestation: what became of it, where it stands, who vouches until when, on which evidence, for how much."""
    told = phrase(
        "report.attestation",
        language,
        state=Note(f"report.state-{each.state.value}"),
        place=f"{each.where.path}:{each.where.line}",
        claim=each.claim,
        owner=each.owner,
        until=each.until.isoformat(),
        evidence=each.evidence,
    )
    if each.approver is not None:
        told = phrase(
            "report.attestation-approved", language, attestation=told, approver=each.approver
        )
    if each.checked:
        told = phrase("report.attestation-checked", language, attestation=told)
    if each.state is State.USED:
        turned = counted("report.turned", len(each.turned), language)
        told = f"{told}{phrase('report.and-also', language)}{turned}"
    why = each.why or each.overruled
    if why is not None:
        told = phrase("report.exception-why", language, exception=told, why=why)
    return told
