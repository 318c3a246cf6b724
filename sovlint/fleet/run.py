"""A run over a fleet: readings in rounds, each with what others answered by the round before, and the list of what came
of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sovlint import __version__
from sovlint.errors import SovlintError
from sovlint.fleet import join
from sovlint.fleet.addresses import cloned_from
from sovlint.fleet.code import code_digest, digest_of
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.modules import module_finder
from sovlint.fleet.options import FleetOptions, as_data, day_of, named_files, without_day
from sovlint.fleet.result import FleetRepository, ReadTask, Status
from sovlint.fleet.results import FleetRun, Pair, ResultStore
from sovlint.fleet.worker import Done, Job
from sovlint.model.offers import Offer

Join = Callable[[ResultStore, Sequence[Pair], str], Mapping[str, tuple[Offer, ...]]]
"""A store, the results at hand in it, and the day -> what others answer each repository, by its name."""
CarryOut = Callable[[Iterable[Job]], Iterator[Done]]
"""Jobs -> what became of each, as they come."""


class FleetWatch(Protocol):
    """Somebody who looks on."""

    def round(self, number: int, to_read: int, known: int) -> None:
        """A round begins, with so many to read; of others the result is known."""

    def done(self, one: Done) -> None:
        """A reading ended."""


class Nobody:
    """Nobody looks on."""

    def round(self, number: int, to_read: int, known: int) -> None:
        """A round begins."""

    def done(self, one: Done) -> None:
        """A reading ended."""


class FleetAsked(Struct, frozen=True):
    """What is asked of a run: the repositories, what they are read by, what a reading may take, and what else is made."""

    repositories: tuple[FleetRepository, ...]
    options: FleetOptions
    limits: ReadingLimits = ReadingLimits()
    wants: tuple[str, ...] = ()
    texts: Mapping[str, str] = {}
    """What some of these go by, by what is wanted; its digest is part of that."""
    skipped: tuple[str, ...] = ()


class FleetDone(Struct, frozen=True):
    """A run that ended: its manifest, and what became of each repository, by its name. ``read``: how many readings it
    took; ``fenced``: whether all of them had no network."""

    run: FleetRun
    results: Mapping[str, Done]
    read: int
    fenced: bool = True


def joined_in(repositories: Iterable[FleetRepository]) -> Join:
    """The join, of what results offer and ask. A module that one of these repositories has is read at the revision that
    is asked for."""
    find_module = module_finder(repositories)

    def answered(
        store: ResultStore, pairs: Sequence[Pair], day: str
    ) -> Mapping[str, tuple[Offer, ...]]:
        return join.answers(store.voiced(pairs, day), find_module)

    return answered


def carried_through(
    asked: FleetAsked,
    store: ResultStore,
    carry_out: CarryOut,
    watch: FleetWatch | None = None,
    joined: Join | None = None,
) -> FleetDone:
    """Read what isn't known, round by round until no answer changes, and keep the list of results. ``joined``: who
    answers whom; by default all that these repositories offer does.

    Raises ``SovlintError`` where the store can't be written or the workers are gone: what was read until then is kept.
    """
    watch = watch or Nobody()
    rounds = _Rounds(asked, store, carry_out, watch)
    run = rounds.begun()
    store.begin(run)
    settled = rounds.through(joined or joined_in(asked.repositories))
    ended = replace(run, ended=_now(), rounds=rounds.number, settled=settled)
    store.finish(ended, rounds.pairs())
    return FleetDone(ended, rounds.results, rounds.read, rounds.fenced)


def read_with(
    asked: FleetAsked,
    store: ResultStore,
    carry_out: CarryOut,
    answers: Mapping[str, tuple[Offer, ...]],
    watch: FleetWatch | None = None,
    digests: Mapping[str, str] | None = None,
) -> Mapping[str, Done]:
    """Read once more, with answers that are settled, for the sake of what else is wanted. No run lists these results;
    those that are there aren't made again. ``digests``: of answers that aren't at hand, by the name of who has them.

    Raises ``SovlintError`` as a run does.
    """
    rounds = _Rounds(asked, store, carry_out, watch or Nobody())
    rounds.digests = digests or {}
    rounds.once({each.name: answers.get(each.name, ()) for each in asked.repositories})
    return rounds.results


class _Rounds:
    """The readings of one run, and the latest result of each repository."""

    def __init__(
        self, asked: FleetAsked, store: ResultStore, carry_out: CarryOut, watch: FleetWatch
    ) -> None:
        self._asked, self._store, self._carry_out, self._watch = (
            asked,
            store,
            carry_out,
            watch,
        )
        self._options = as_data(asked.options)
        self._day = day_of(self._options)
        self._code = code_digest()
        self._common = _digest(
            self._code,
            without_day(self._options),
            digest_of(named_files(asked.options)),
            asked.wants,
        )
        self._answers: dict[str, str] = {}
        self._given: dict[str, tuple[Offer, ...]] = {}
        self.digests: Mapping[str, str] = {}
        self.results: dict[str, Done] = {}
        self.number = 0
        self.read = 0
        self.fenced = True

    def begun(self) -> FleetRun:
        """The run, as it begins."""
        now = _now()
        return FleetRun(
            id=f"{now.replace(':', '').replace('-', '')}-{token_hex(3)}",
            began=now,
            as_of=self._day,
            tool=__version__,
            code=self._code,
            options=self._options,
            repositories=self._asked.repositories,
            skipped=self._asked.skipped,
        )

    def through(self, joined: Join) -> bool:
        """All rounds; whether the last one changed no answer any more. Where one still does, nothing rests on it: those
        repositories, and whoever they answer, are what they are without answers."""
        self._round({each.name: () for each in self._asked.repositories})
        while True:
            answers = joined(self._store, self._voicing(), self._day)
            changed = {
                name: given
                for each in self._asked.repositories
                if (name := each.name) in self._voices()
                and join.digest(given := answers.get(name, ())) != self._answers[name]
            }
            if not changed:
                return True
            if self.number == join.MOST_ROUNDS:
                self._round(dict.fromkeys(self._resting_on(changed), ()))
                return False
            self.number += 1
            self._round(changed)

    def _resting_on(self, names: Iterable[str]) -> set[str]:
        """Repositories, and those that have an answer of theirs, however far."""
        found: set[str] = set()
        more = set(names)
        while more - found:
            found |= more
            more = {
                name
                for name, given in self._given.items()
                if any(each.repository in found for each in given)
            }
        return found

    def once(self, answers: Mapping[str, tuple[Offer, ...]]) -> None:
        """One round, with these answers."""
        self._round(answers)

    def pairs(self) -> list[Pair]:
        """The result of each repository, in their order."""
        return [
            (each.name, self.results[each.name].digest) for each in self._asked.repositories
        ]

    def _voices(self) -> set[str]:
        return {name for name, each in self.results.items() if each.status is Status.READ}

    def _voicing(self) -> list[Pair]:
        """Those of the results that may say something to others."""
        voices = self._voices()
        return [pair for pair in self.pairs() if pair[0] in voices]

    def _round(self, answers: Mapping[str, tuple[Offer, ...]]) -> None:
        """Read with these answers whatever isn't known with them."""
        tasks = [
            self._task(each, answers[each.name])
            for each in self._asked.repositories
            if each.name in answers
        ]
        for name, given in answers.items():
            self._answers[name], self._given[name] = join.digest(given), given
        pairs = [(each.repository.name, each.digest) for each in tasks]
        known = self._store.known(pairs, self._day)
        for pair, found in known.items():
            self.results[pair[0]] = Done(*pair, found.status, found.reason)
        new = [each for each in tasks if (each.repository.name, each.digest) not in known]
        self._watch.round(self.number, len(new), len(tasks) - len(new))
        for done in self._carry_out(map(self._job, new)):
            self._note(done)

    def _note(self, done: Done) -> None:
        if done.problem is not None:
            raise SovlintError(*done.problem)
        self.read += 1
        self.fenced = self.fenced and done.fenced
        self.results[done.repository] = done
        self._watch.done(done)

    def _task(self, repository: FleetRepository, answers: tuple[Offer, ...]) -> ReadTask:
        shown = cloned_from(repository)  # it is in the provenance
        there = (repository.commit, *filter(None, (repository.lacks,)))
        answered = self.digests.get(repository.name) or join.digest(answers)
        digest = _digest(self._common, *there, shown, answered)
        wants, texts = self._asked.wants, self._asked.texts
        return ReadTask(repository, digest, self._options, answers, wants, texts)

    def _job(self, task: ReadTask) -> Job:
        return Job(task, self._asked.limits, self._store.address, self._code)


def _digest(*parts: object) -> str:
    return sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
