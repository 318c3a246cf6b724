"""What isn't known of the placements that unproven findings are about, counted by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sovlint.model.finding import Finding, Report, Verdict
from sovlint.model.placement import Placement
from sovlint.model.redact import mask
from sovlint.model.value import Fact, Reason, Unknown
from sovlint.report import contract

_ORDER: Final = {reason: rank for rank, reason in enumerate(Reason)}


@dataclass(slots=True)
class Gap:
    """One reason: how many placements (or resources) it touches, and the details by name of the fact."""

    count: int = 0
    details: dict[str, set[str]] = field(default_factory=dict)


def gaps(report: Report) -> Mapping[Reason, Gap]:
    """The gaps behind the unproven findings that aren't suppressed, by reason in the order of the enumeration."""
    found: dict[Reason, Gap] = {}
    for facts in _unproven(report):
        for reason in {fact.reason for _, fact in facts}:
            found.setdefault(reason, Gap()).count += 1
        for name, fact in facts:
            found[fact.reason].details.setdefault(name, set()).add(mask(fact.detail))
    return {reason: found[reason] for reason in sorted(found, key=_ORDER.__getitem__)}


def _unproven(report: Report) -> Iterator[list[tuple[str, Unknown]]]:
    """For each placement (or resource without one) with an unproven finding: what isn't known of it."""
    classes = {id(placed.resource): placed.classes.unknown for placed in report.placed}
    seen: set[tuple[int, int]] = set()
    for finding in _open(report.findings):
        about = (id(finding.resource), id(finding.placement))
        if about in seen:
            continue
        seen.add(about)
        facts: list[tuple[str, Fact[Any]]] = [("exists", finding.resource.exists)]
        if finding.placement is None:
            unknown = classes.get(id(finding.resource))
            facts += [("data", unknown)] if unknown is not None else []
        else:
            facts += placement_facts(finding.placement)
        yield first_causes(facts)


def _open(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (one for one in findings if one.verdict is Verdict.UNPROVEN and one.suppressed is None)


def placement_facts(placement: Placement) -> Iterator[tuple[str, Fact[Any]]]:
    """All facts of a placement by name, qualifications under theirs; what others follow from comes first."""
    yield "exists", placement.sure
    for name in contract.FACTS:
        yield name, getattr(placement, name)
    for holding in placement.holdings:
        yield holding.name, holding.held


def first_causes(facts: Iterable[tuple[str, Fact[Any]]]) -> list[tuple[str, Unknown]]:
    """The unknown ones, without those unknown for the same cause as an earlier one (a country, for its region)."""
    causes: set[tuple[Reason, str]] = set()
    kept = []
    for name, fact in facts:
        if isinstance(fact, Unknown) and (fact.reason, fact.detail) not in causes:
            causes.add((fact.reason, fact.detail))
            kept.append((name, fact))
    return kept
