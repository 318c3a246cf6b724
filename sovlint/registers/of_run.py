"""What registers are drafted from, of a run that was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sovlint.model.findings.finding import Report
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.drafting.material import Material
from sovlint.stages.profiles import profiles_of
from sovlint.stages.run import Rulebook

NO_ANSWERS = GivenAnswers()


def material(
    report: Report,
    rulebook: Rulebook,
    read: Iterable[str] = (),
    answers: GivenAnswers = NO_ANSWERS,
    repository: str = "",
) -> Material:
    """A report with what is known of its companies, the files that were ``read``, and what was answered.
    ``repository``: its name among those whose registers are put together; empty where it stands alone."""
    catalog, day = rulebook.catalog, date.fromisoformat(report.as_of)
    return Material(
        report,
        profiles_of(report, catalog, day),
        answers,
        frozenset(read),
        catalog.jurisdictions,
        rulebook.policy_set.body,
        repository,
    )
