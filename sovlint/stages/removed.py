"""Findings about data classes that a change takes away, as the waivers in force excuse them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sovlint.exceptions.ledger import Rules
from sovlint.exceptions.waivers import Waivers
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.placement import Placed
from sovlint.policy.policies import policy_texts
from sovlint.policy.removed_classes import removed_classes
from sovlint.stages.run import Rulebook, Run


def with_removed(
    report: Report, before: Sequence[Placed], after: Sequence[Placed], run: Run, rulebook: Rulebook
) -> Report:
    """``report`` with a finding for each resource that carried a class ``before`` by declaration and ``after`` doesn't.

    ``run`` and ``rulebook`` are those that judge: a waiver of theirs excuses it.
    """
    policy_set = rulebook.policy_set
    found = list(removed_classes(before, after, policy_set, report.world))
    if not found:
        return report
    rules = Rules(policy_texts(policy_set), policy_set.known, run.request.as_of)
    waivers = Waivers(run.config.waivers, rules)
    return replace(
        report, findings=(*report.findings, *(_excused(each, waivers) for each in found))
    )


def _excused(finding: Finding, waivers: Waivers) -> Finding:
    holding = (entry for entry in waivers.covering(finding) if entry.fault is None)
    entry = next(holding, None)
    return finding if entry is None else replace(finding, suppressed=entry.suppression())
