"""The rules of a run that judges a change by those of another revision: whose each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.model.exception import Audited
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.stages.own_rules import excusing

_EXCUSING: Final = frozenset((RuleKind.IGNORES, RuleKind.WAIVERS, RuleKind.BASELINE))


def both_rules(
    own: Report, theirs: Report, exceptions: Iterable[Audited]
) -> Iterator[OwnRule]:
    """The rules of what judges (``theirs``), then those that are the change's own, which are told as such.

    ``exceptions``: those of both, as far as they hold.
    """
    yield from theirs.rules
    alone = (
        *(each for each in own.rules if each.kind not in _EXCUSING),
        *excusing([each for each in exceptions if each not in theirs.exceptions], ()),
    )
    for each in alone:
        if each not in theirs.rules:
            yield replace(each, of_change=True)


def counts(own: Iterable[Finding], both: Iterable[Finding]) -> Iterator[RuleDetail]:
    """The policies of which not as many findings count by the rules of the change alone."""
    alone, judged = (
        Counter(each.policy for each in found if each.counts) for found in (own, both)
    )
    for policy in sorted({*alone, *judged}):
        if alone[policy] != judged[policy]:
            yield RuleDetail(policy, str(alone[policy]), str(judged[policy]))
