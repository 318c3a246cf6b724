"""What isn't known of the placements that unproven findings are about, counted by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from sovlint.model.findings.finding import Report, Verdict
from sovlint.model.placement import Placement
from sovlint.model.text import Note
from sovlint.model.value import NAMED_FACTS, Fact, Reason, Unknown
from sovlint.report.pieces import contract

_FACTS: Final = (*contract.FACTS, "exists", "data")
_ORDER: Final = {reason: rank for rank, reason in enumerate(Reason)}


class Gap(Struct):
    """One reason: how many placements (or resources) it touches, and the details by name of the fact."""

    count: int = 0
    details: dict[str, set[Note | str]] = field(default_factory=dict)


def gaps(report: Report) -> Mapping[Reason, Gap]:
    """The gaps behind the unproven findings, by reason in the order of the enumeration."""
    found: dict[Reason, Gap] = {}
    for facts in _unproven(report):
        for reason in {fact.reason for _, fact in facts}:
            found.setdefault(reason, Gap()).count += 1
        for name, fact in facts:
            found[fact.reason].details.setdefault(name, set()).add(_culprit(fact))
    return {
        reason: _sorted(found[reason]) for reason in sorted(found, key=_ORDER.__getitem__)
    }


def _sorted(gap: Gap) -> Gap:
    """The same with facts of placements first, then existence and data, then qualifications by name."""
    names = sorted(
        gap.details,
        key=lambda name: (_FACTS.index(name) if name in _FACTS else len(_FACTS), name),
    )
    return Gap(gap.count, {name: gap.details[name] for name in names})


def _culprit(fact: Unknown) -> Note | str:
    """What to name: the sentence that says why, else the detail; not what is sensitive, nor a fact's own name."""
    if fact.sensitive:
        return ""
    return fact.note or ("" if fact.detail in NAMED_FACTS else fact.detail)


def _unproven(report: Report) -> Iterator[list[tuple[str, Unknown]]]:
    """For each placement (or resource without one) with an unproven finding: what isn't known of it."""
    classes = {placed.resource.number: placed.classes.unknown for placed in report.placed}
    seen: set[tuple[int, Placement | None]] = set()
    for finding in (
        one for one in report.findings if one.verdict is Verdict.UNPROVEN and one.counts
    ):
        about = (finding.resource.number, finding.placement)
        if about in seen:
            continue
        seen.add(about)
        facts: list[tuple[str, Fact[Any]]] = [("exists", finding.resource.exists)]
        if finding.placement is None:
            unknown = classes.get(finding.resource.number)
            facts += [("data", unknown)] if unknown is not None else []
        else:
            facts += placement_facts(finding.placement)
        yield first_causes(facts)


def placement_facts(placement: Placement) -> Iterator[tuple[str, Fact[Any]]]:
    """All facts of a placement by name, qualifications under theirs; what others follow from comes first."""
    yield "exists", placement.sure
    for name in contract.FACTS:
        yield name, getattr(placement, name)
    for holding in placement.holdings:
        yield holding.name, holding.held


def first_causes(facts: Iterable[tuple[str, Fact[Any]]]) -> list[tuple[str, Unknown]]:
    """The unknown ones, without those unknown for the same cause as an earlier one (a country, for its region)."""
    causes: set[object] = set()
    kept = []
    for name, fact in facts:
        if isinstance(fact, Unknown) and fact.cause not in causes:
            causes.add(fact.cause)
            kept.append((name, fact))
    return kept
