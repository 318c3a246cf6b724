"""Findings about data classes that a change takes away, as what is in force excuses them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.exceptions.inline import Inline
from sovlint.exceptions.ledger import Rules
from sovlint.exceptions.waivers import Waivers
from sovlint.model.exception import Ignore
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.placement import How, Placed
from sovlint.policy.policies import policy_texts
from sovlint.policy.removed_classes import removed_classes
from sovlint.policy.successors import declares
from sovlint.stages.run import Rulebook, Run


class Judging(Struct, frozen=True):
    """What a change is judged by: a run with its rulebook, and the ignore comments that hold."""

    run: Run
    rulebook: Rulebook
    ignores: tuple[Ignore, ...] = ()


def with_removed(
    report: Report,
    before: Sequence[Placed],
    after: Sequence[Placed],
    judging: Judging,
) -> Report:
    """``report`` with a finding for each resource that carried a class ``before`` by declaration and ``after`` doesn't.

    What judges excuses it too.
    """
    policy_set = judging.rulebook.policy_set
    found = list(removed_classes(before, after, policy_set, report.world))
    if not found:
        return report
    rules = Rules(policy_texts(policy_set), policy_set.known, judging.run.request.as_of)
    inline, waivers = (
        Inline(judging.ignores, rules),
        Waivers(judging.run.config.waivers, rules),
    )
    findings = (_excused(each, inline, waivers) for each in found)
    return replace(report, findings=(*report.findings, *findings))


def declared_by_both(own: Sequence[Placed], theirs: Sequence[Placed]) -> list[Placed]:
    """What a revision held by its ``own`` rules, with the classes that it declared as far as it does so by ``theirs`` too:
    what only theirs declare, no change of that revision can take away; what they no longer do, it may."""
    known = {each.resource.identity for each in theirs if declares(each)}
    return [each if each.resource.identity in known else _undeclared(each) for each in own]


def _undeclared(placed: Placed) -> Placed:
    claims = tuple(each for each in placed.classes.claims if each.how is not How.DECLARED)
    return replace(placed, classes=replace(placed.classes, claims=claims))


def _excused(finding: Finding, inline: Inline, waivers: Waivers) -> Finding:
    covering = (*inline.covering(finding), *waivers.covering(finding))
    entry = next((entry for entry in covering if entry.fault is None), None)
    return finding if entry is None else replace(finding, suppressed=entry.suppression())
