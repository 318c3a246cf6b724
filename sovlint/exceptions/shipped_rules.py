"""What ships, as the rules of a revision that has none that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.exceptions.two_results import beyond, by_both
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.redaction.redact import mask

SHIPPED: Final = "sovlint"
"""Whose rules those are."""


def stricter(own: Report, by_shipped: Report) -> Report:
    """What stood before, by the change's own rules and by those that ship: all that counts by either."""
    both = by_both(own, by_shipped, None, SHIPPED, only_new=False)
    return replace(by_shipped, findings=both.findings)


def told_more(
    found: Sequence[Finding], by_shipped: Report, before: Report | None, only_new: bool
) -> Iterator[OwnRule]:
    """That by the rules that ship more would count than is ``found``, and what; nothing where nothing would.

    ``only_new``: whether what stood ``before`` doesn't count anyhow, else only what was excused there.
    """
    there = before.findings if before else ()
    stood = [each for each in there if only_new or each.suppressed]
    more = sorted(
        beyond(found, by_shipped.findings, stood),
        key=lambda each: (each.resource.span, each.policy),
    )
    if more:
        yield OwnRule(
            RuleKind.SHIPPED_MORE, (str(len(more)),), details=tuple(map(_detail, more))
        )


def _detail(finding: Finding) -> RuleDetail:
    resource = finding.resource
    return RuleDetail(
        f"{finding.policy} {mask(resource.address)} ({mask(resource.span.path)}:{resource.span.line})"
    )
