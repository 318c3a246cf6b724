"""``--suppose``: what was read, placed and judged again in a world that somebody supposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from sovlint.catalog.supposing import laying
from sovlint.configuration import suppositions
from sovlint.errors import SovlintError
from sovlint.exceptions.supposed import outcome
from sovlint.lint import Linted, linted
from sovlint.model.findings.finding import Report, SupposedOutcome
from sovlint.model.findings.supposition import Supposition
from sovlint.stages.run import Rulebook, Run, with_catalog


def with_outcomes(
    report: Report, found: Linted, file: Path, name: str
) -> tuple[Report, SovlintError | None]:
    """A report of today with what would be otherwise by each supposition of a file, and by all at once; and what is
    wrong with the file, which is no reason to lose the rest. ``name`` is what reports call the file."""
    written, wrong = suppositions.read(file, name)
    world = _World(found)
    problems = list(wrong)
    outcomes: list[SupposedOutcome] = []
    sound: list[Supposition] = []
    for each in written:
        try:
            outcomes.append(world.outcome((each,)))
            sound.append(each)
        except SovlintError as error:
            problems.append(error)
    if len(sound) > 1:
        try:
            outcomes.append(world.outcome(sound))
        except SovlintError as error:
            problems.append(error)
    return replace(report, supposed=tuple(outcomes)), _all(problems)


class _World:
    """Today's, and what others would make of the same files."""

    def __init__(self, found: Linted) -> None:
        self._found = found
        self._known = {found.run.request.as_of: found.report}

    def day(self, *supposed: Supposition) -> date:
        """The day to compare: the first from today on, on which all of it holds."""
        catalog, today = self._found.rulebook.catalog, self._found.run.request.as_of
        return max(laying.day_of(each, catalog, today) for each in supposed)

    def outcome(self, supposed: Sequence[Supposition]) -> SupposedOutcome:
        """What would be otherwise. Raises ``SovlintError`` where it can't all be so."""
        day = self.day(*supposed)
        catalog = laying.supposing(self._found.rulebook.catalog, supposed, day)
        rulebook = with_catalog(self._found.run, self._found.rulebook, catalog)
        titles = [each.title for each in supposed]
        return outcome(
            self._without(day), self._judged(day, rulebook), titles, supposed[0].span
        )

    def _without(self, day: date) -> Report:
        """The report of a day, with nothing supposed."""
        if day not in self._known:
            self._known[day] = self._judged(day, self._found.rulebook)
        return self._known[day]

    def _judged(self, day: date, rulebook: Rulebook) -> Report:
        run = self._found.run
        then = Run(
            replace(run.request, as_of=day),
            run.config,
            run.baseline,
            run.edited,
            offers=run.offers,
        )
        return linted(then, rulebook, read=self._found.read).report


def _all(problems: Sequence[SovlintError]) -> SovlintError | None:
    """All that is wrong, as one error: each with what to do about it, which is said once where it is the same."""
    if not problems:
        return None
    hints = {each.hint for each in problems}
    if len(hints) == 1:
        return SovlintError("\n".join(each.message for each in problems), hints.pop())
    return SovlintError("\n".join(f"{each.message} {each.hint}".strip() for each in problems))
