"""Why findings are unproven, where that is one thing: told once, settled once.

Of each sort of cause, whoever works out the fact that isn't known says what it waits for; here that is told of a case.
"""

from __future__ import annotations

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Verdict
from sovlint.policy.compose import Case


def cause(case: Case) -> Cause | None:
    """The one thing that all that was asked of a case waits for, where it is unproven; else ``None``."""
    if case.answer.verdict is not Verdict.UNPROVEN:
        return None
    found = {
        each.id if each else "": each
        for each in (leaf.holding.waits_for if leaf.holding else None for leaf in case.answer.leaves)
    }
    return found.popitem()[1] if len(found) == 1 else None
