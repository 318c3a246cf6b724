"""What is said of a run over a fleet when it is done: what couldn't be read, and what the rest adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sovlint.commands.parts.output import Voice, say
from sovlint.model.redaction.redact import safe_text
from sovlint.report.french import in_language
from sovlint.report.messages import counted, phrase, written_number

if TYPE_CHECKING:
    from sovlint.fleet.results import Counts, ResultStore
    from sovlint.fleet.run import FleetDone
    from sovlint.fleet.sources.settled import Skipped

MOST: Final = 20
"""Repositories of a kind that are named; the store has all."""
MOST_UNREAD: Final = 5
"""Repositories that are named for files that couldn't be read."""


def say_skipped(skipped: Sequence[Skipped], voice: Voice) -> None:
    """Say what sources have and what isn't read, and what no export knows."""
    told = [each for each in skipped if each.is_unread or not voice.quiet]
    for why, group in groupby(told, key=lambda one: one.why):
        each = [*group]
        names = [f"{one.name} ({one.other})" if one.other else one.name for one in each]
        say(counted(why, len(each), voice.language, names=_named(names)))


def say_summary(done: FleetDone, store: ResultStore, voice: Voice) -> Counts:
    """Say what came of a run; what it adds up to."""
    from sovlint.fleet.result import Status

    language = voice.language
    pairs = [(name, each.digest) for name, each in done.results.items()]
    read = [pair for pair in pairs if done.results[pair[0]].status is Status.READ]
    counts = store.counted(read, done.run.as_of)
    failed = {
        name: each
        for name, each in sorted(done.results.items())
        if each.status not in (Status.READ, Status.EMPTY)
    }
    for name, each in [*failed.items()][:MOST]:
        say(
            phrase(
                "fleet.row-failed", language,
                name=name, status=phrase(f"fleet.status-{each.status.value}", language),
                reason=safe_text(in_language(each.reason, language)),
            )
        )  # fmt: skip
    if voice.quiet:
        return counts
    if len(failed) > MOST:
        say(counted("fleet.more-failed", len(failed) - MOST, language))
    if not done.fenced:
        say(phrase("fleet.not-fenced", language))
    if not done.run.settled:
        say(phrase("fleet.not-settled", language, rounds=done.run.rounds))
    numbers = {
        "repositories": len(done.results), "read": done.read, "failed": len(failed),
        "errors": counts.errors, "warnings": counts.warnings, "failures": counts.failures,
    }  # fmt: skip
    written = {name: written_number(number, language) for name, number in numbers.items()}
    said = [phrase("fleet.summary", language, **written, run=done.run.id)]
    if counts.failures:
        said.append(_unread(store.unread(read, done.run.as_of), language))
    say(" ".join(said))
    return counts


def _unread(files: Mapping[str, int], language: str) -> str:
    """In which repositories files couldn't be read: those with most of them."""
    most = sorted(files, key=lambda name: (-files[name], name))[:MOST_UNREAD]
    names = tuple(
        phrase("fleet.unread-in", language, name=safe_text(name), count=files[name])
        for name in most
    )
    left = len(files) - len(most)
    if not left:
        return phrase("fleet.unread", language, names=names)
    return counted("fleet.unread-more", left, language, names=names)


def _named(names: Sequence[str]) -> tuple[str, ...]:
    return (*names[:MOST], "...") if len(names) > MOST else tuple(names)
