"""Reports with exceptions, built by hand: what an ignore comment, a waiver and a baseline excuse, and what lapsed."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from sovlint.model.exception import Absorbed, Audited, Kind, State, Suppression
from sovlint.model.findings.finding import Difference, Finding, Report
from tests.report.build import (
    PARIS,
    database_findings,
    finding,
    health,
    report,
    resource,
    said,
    span,
)

WAIVED_UNTIL = date(2027, 1, 31)


def suppression(kind: Kind, reason: str = "moving in spring", **changes: Any) -> Suppression:
    fields: dict[str, Any] = {"until": WAIVED_UNTIL, "where": span("sovlint.yaml", 9, 5, 20)}
    return Suppression(kind, reason, **{**fields, **changes})


def violation(name: str, kind: Kind | None = None, **changes: Any) -> Finding:
    """A bucket under US law, excused by ``kind``."""
    about = resource(f"aws_s3_bucket.{name}", f"envs/prod/{name}.tf", 3)
    found = finding("health-data-under-eu-control", about, PARIS, said("Health data lands at Amazon Web Services"),
                    claims=(health(None),), **changes)  # fmt: skip
    return replace(found, suppressed=suppression(kind) if kind else None)


def audited(state: State, kind: Kind = Kind.INLINE, **changes: Any) -> Audited:
    fields: dict[str, Any] = {
        "policies": ("health-data-in-eea",),
        "reason": "a trial",
        "until": date(2026, 10, 1) if state is State.EXPIRED else None,
        "where": span(f"envs/prod/{state.value}.tf", 5, 3, 40),
        "why": None if state is State.USED else said(f"it is {state.value}"),
    }
    return Audited(kind, state, **{**fields, **changes})


def excused(**changes: Any) -> Report:
    """One finding that counts, one excused in each way, and an exception in each state."""
    findings = [violation("counts"), *(violation(kind.value, kind) for kind in Kind)]
    used = Absorbed(findings[1].identity, "envs/prod/inline.tf", 3)
    exceptions = (
        audited(State.USED, absorbed=(used,)),
        audited(State.UNUSED, Kind.BASELINE),
        audited(State.EXPIRED, Kind.WAIVER, owner="dpo", approver="ciso", ticket="R-12"),
        audited(State.INVALID, reason=""),
    )
    return report([], findings, **{"exceptions": exceptions, **changes})


def differing() -> Report:
    """One new finding, one that stood at the revision compared with, and one that stands no more."""
    findings = [violation("new"), violation("old", Kind.BASELINE), *database_findings()[1:]]
    gone = Difference(
        "origin/main",
        "0123456789abcdef0123456789abcdef01234567",
        (violation("gone"),),
        left=1,
        unread=2,
    )
    return report([], findings, difference=gone)
