"""The whole pipeline: paths -> files -> resources -> placements and classes -> findings -> exceptions -> report."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.findings.finding import Report
from sovlint.model.offers import Ask, Offer
from sovlint.model.watch import NOBODY, Phase, Watch
from sovlint.stages.judge import judge_placed
from sovlint.stages.place import PlaceResult, place_resources
from sovlint.stages.read import ReadResult, read_sources
from sovlint.stages.report import whole_report
from sovlint.stages.run import Rulebook, Run, load_rulebook


class Linted(Struct, frozen=True):
    """The report of a run, with what it went by and what was read: another run may go on from there."""

    run: Run
    rulebook: Rulebook
    read: ReadResult
    placed: PlaceResult
    report: Report

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the repository makes, by the names that others call it; worked out here and now, since few ask."""
        from sovlint.stages.offers import offered

        return offered(self.run, self.rulebook, self.read, self.placed)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What was looked for among what others offer, ``offers`` for their part included where these were worked out.
        Nothing that holds a secret: others are told."""
        from sovlint.model.redaction.redact import mask

        asked = self.run.offers.asked
        return tuple(sorted(each for each in asked if mask(each.key) == each.key))

    def read_files(self) -> Iterator[str]:
        """The absolute real paths of all files that were read."""
        root = self.read.repository.root
        return (os.path.realpath(root / path) for path in self.read.reading.files)


def lint(run: Run, rulebook: Rulebook | None = None, watch: Watch = NOBODY) -> Report:
    """Read, place and judge, by ``rulebook`` where the caller has loaded it, while somebody may look on.

    Raises ``SovlintError`` for bad usage, configuration, policies or catalogue.
    """
    return linted(run, rulebook, watch).report


def linted(
    run: Run,
    rulebook: Rulebook | None = None,
    watch: Watch = NOBODY,
    read: ReadResult | None = None,
) -> Linted:
    """As ``lint``, with what others may go on from; what was ``read`` already isn't read again."""
    rulebook = rulebook or load_rulebook(run)
    if run.cache is None:
        return _judged(run, rulebook, watch, read)
    from sovlint.cache.answered import UnansweredError

    try:
        found = _judged(run, rulebook, watch, read)
        if run.cache.lasts:
            run.cache.save()
    except UnansweredError:
        run = replace(run, cache=run.cache.again())
        return linted(run, rulebook, watch, read)
    return found


def _judged(run: Run, rulebook: Rulebook, watch: Watch, read: ReadResult | None) -> Linted:
    read = read or read_sources(run, rulebook.hints, watch)
    watch.phase(Phase.PLACE)
    placed = place_resources(run, rulebook, read)
    watch.phase(Phase.JUDGE)
    judged = judge_placed(run, rulebook, read, placed)
    watch.phase(Phase.REPORT)
    report = whole_report(run, rulebook, read, placed, judged)
    return Linted(run, rulebook, read, placed, report)
