"""What the gate says: as text for people, and as JSON (contract ``sovlint-fleet-gate/1``) for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sovlint.fleet.whole.compare import MovedFinding
from sovlint.fleet.whole.gate import GateOutcome, GateRules, TeamOutcome
from sovlint.fleet.whole.view import FleetFinding
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces import json_text
from sovlint.report.pieces.style import Style

SCHEMA: Final = "sovlint-fleet-gate/1"
MOST: Final = 20
"""Findings of a team that a text tells; JSON has all."""


def text(found: GateOutcome, rules: GateRules, language: str, style: Style) -> str:
    """The outcome in lines: teams that fail first, with what is new and what moved of each; then the verdict."""
    lines = [*_against(found, language)]
    for team in found.teams:
        lines += ["", *_team(team, rules, language, style)]
    lines += ["", *_unread(found, language, style), *_rest(found, language)]
    lines.append(_verdict(found, language, style))
    return "\n".join(lines).lstrip("\n") + "\n"


def _against(found: GateOutcome, language: str) -> Iterator[str]:
    if found.against is None:
        yield phrase("gate.first", language, run=found.run)
        return
    yield phrase("gate.against", language, run=found.run, against=found.against)
    for now, then in sorted(found.compared.renamed.items()):
        yield phrase("gate.renamed", language, before=then, after=now)


def _team(team: TeamOutcome, rules: GateRules, language: str, style: Style) -> Iterator[str]:
    name = _called(team.team, language)
    became = phrase(
        "gate.became",
        language,
        new=counted("gate.new", len(team.new), language),
        gone=counted("gate.gone", len(team.gone), language),
        moved=counted("gate.moved", len(team.moved), language),
    )
    sort = "error" if team.fails else "good"
    yield f"{style.paint(labelled(name, language), sort)} {became}{_budget(team, language)}"
    biting = [each for each in team.new if rules.bites(each)]
    told = [each for each in team.new if not rules.bites(each)]
    entries = [
        *(f"+ {_finding(each)}" for each in biting),
        *(f"> {_moved(each)}" for each in team.moved),
        *(f"+ {_finding(each)}" for each in told),
        *(f"- {_finding(each)}" for each in team.gone),
    ]
    for each in entries[:MOST]:
        yield f"  {each}"
    if len(entries) > MOST:
        yield f"  {counted('gate.left', len(entries) - MOST, language)}"


def _budget(team: TeamOutcome, language: str) -> str:
    if team.allowed is None or team.until is None:
        return ""
    key = (
        "gate.budget-ended"
        if team.ended
        else "gate.budget-over"
        if team.over
        else "gate.budget"
    )
    said = phrase(
        key,
        language,
        standing=f"{team.standing}",
        allowed=f"{team.allowed}",
        until=team.until,
    )
    return f" {said}"


def _finding(each: FleetFinding) -> str:
    place = ", ".join(filter(None, (each.company, each.region)))
    told = f"{each.severity}[{each.policy}] {each.verdict} {each.repository}: {each.path}:{each.line} {each.address}"
    return safe_text(mask(f"{told} ({place})" if place else told))


def _moved(each: MovedFinding) -> str:
    before = ", ".join(filter(None, (each.before.company, each.before.region))) or "?"
    return f"{_finding(each.after)} <- {safe_text(mask(before))}"


def _unread(found: GateOutcome, language: str, style: Style) -> Iterator[str]:
    for each in found.failed[:MOST]:
        sort = "warning" if found.allow_failures else "error"
        name = style.paint(safe_text(mask(each.name)), sort)
        status = phrase(f"whole.status-{each.status}", language)
        yield phrase("gate.unread", language, repository=name, status=status)
    if len(found.failed) > MOST:
        yield counted("gate.left", len(found.failed) - MOST, language)


def _rest(found: GateOutcome, language: str) -> Iterator[str]:
    for each in found.idle:
        yield phrase("gate.idle", language, team=each)


def _verdict(found: GateOutcome, language: str, style: Style) -> str:
    if found.is_unread:
        return style.paint(counted("gate.not-read", len(found.failed), language), "error")
    if found.fails:
        failing = sum(1 for each in found.teams if each.fails)
        return style.paint(counted("gate.fails", failing, language), "error")
    return style.paint(phrase("gate.passes", language), "good")


def _called(team: str, language: str) -> str:
    return safe_text(mask(team)) if team else phrase("whole.nobody", language)


def as_json(found: GateOutcome, rules: GateRules) -> str:
    """The outcome as JSON."""
    return json_text.dump(
        {
            "schema": SCHEMA,
            "run": found.run,
            "against": found.against,
            "fails": found.fails,
            "renamed": dict(sorted(found.compared.renamed.items())),
            "teams": [_team_data(each, rules) for each in found.teams],
            "unread": [
                {
                    "repository": mask(each.name),
                    "status": each.status,
                    "reason": mask(each.reason),
                }
                for each in found.failed
            ],
            "idle_budgets": [*found.idle],
        }
    )


def _team_data(team: TeamOutcome, rules: GateRules) -> dict[str, Any]:
    return {
        "team": team.team or None,
        "fails": team.fails,
        "failing": team.failing,
        "standing": team.standing,
        "budget": None
        if team.until is None
        else {
            "allowed": team.allowed,
            "until": team.until.isoformat(),
            "ended": team.ended,
            "over": team.over,
        },
        "new": _listed(team.new, rules),
        "gone": _listed(team.gone, rules),
        "moved": [
            {**_data(each.after, rules), "from": _place(each.before)} for each in team.moved
        ],
    }


def _listed(findings: Sequence[FleetFinding], rules: GateRules) -> list[dict[str, Any]]:
    return [_data(each, rules) for each in findings]


def _data(each: FleetFinding, rules: GateRules) -> dict[str, Any]:
    return {
        "repository": mask(each.repository),
        "policy": each.policy,
        "verdict": each.verdict,
        "severity": each.severity,
        "fails": rules.bites(each),
        "fingerprint": each.fingerprint,
        "address": mask(each.address),
        "role": each.role or None,
        **_place(each),
        "data": [*each.classes],
        "path": mask(each.path),
        "line": each.line,
    }


def _place(each: FleetFinding) -> dict[str, Any]:
    return {"provider": each.company or None, "region": each.region or None}
