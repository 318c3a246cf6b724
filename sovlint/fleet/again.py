"""What else is made of the repositories of a store's newest state: what is there is taken, the rest is read once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.options import of_data
from sovlint.fleet.result import FleetRepository, Status
from sovlint.fleet.run import CarryOut, FleetAsked, FleetWatch, joined_in, read_with
from sovlint.fleet.store import runs, views
from sovlint.fleet.store.contents import lost
from sovlint.fleet.store.runs import EndedRun, ListedEntry, RunKind
from sovlint.fleet.worker import Done, Job
from sovlint.model.offers import Offer

if TYPE_CHECKING:
    from sovlint.fleet.store.store import FleetStore

_SAID: Final = (Status.READ, Status.EMPTY)
_ROWS: Final = """SELECT repository, "commit", revision, coalesce(committed_at, ''), coalesce(owners, []),
  coalesce(addresses, []), status, coalesce(reason, ''), coalesce(coverage.classified, 0),
  coalesce(coverage.resources, 0), coalesce(coverage.config, 0), coalesce(coverage.failed, 0),
  coalesce(made[?], ''), coalesce(answers, '') FROM repositories ORDER BY repository"""
NO_CLONE: Final = (
    "Its clone isn't among the sources that were named, and nothing was made of it before."
)


class MadeText(Struct, frozen=True):
    """What was made of one repository: ``text``; or nothing, for a ``reason``."""

    repository: FleetRepository
    text: str = ""
    reason: str = ""
    classified: int = 0
    resources: int = 0
    config: int = 0
    failed: int = 0
    answers: str = ""
    """The digest of what others answered it."""


class NewestState(Struct, frozen=True):
    """The newest state of a store: its day, the options that it was read by, and which result each repository has."""

    last: EndedRun
    chosen: tuple[ListedEntry, ...]

    @property
    def day(self) -> str:
        """The day that it is of (ISO)."""
        return self.last.begun.as_of


def newest(store: FleetStore) -> NewestState:
    """The newest state of a store. Raises ``SovlintError`` where no run of a fleet has ended."""
    ended = store.runs()
    fleets = [each for each in ended if each.begun.kind is RunKind.FLEET]
    if not fleets:
        raise runs.none_ended(store.place)
    return NewestState(fleets[-1], runs.latest(ended))


class Again(Struct, frozen=True):
    """How repositories are read once more: by whom, how long, and who looks on. ``clones`` are those of the sources, by
    their names; ``text`` is what that which is wanted goes by."""

    clones: Mapping[str, FleetRepository]
    carry_out: CarryOut
    limits: ReadingLimits = ReadingLimits()
    watch: FleetWatch | None = None
    text: str = ""


def made(store: FleetStore, state: NewestState, want: str, how: Again) -> Sequence[MadeText]:
    """What is wanted of each repository, in the order of their names; of one that can't be read, why.

    A repository is read at the commit of its result, with the answers that others give in this state. Raises
    ``SovlintError`` where there is nothing of any for want of clones, the store can't be read or written, or the workers
    are gone.
    """
    found = [*_made(store, state, want, how)]
    if any(each.reason == NO_CLONE for each in found) and not any(
        each.text for each in found
    ):
        raise SovlintError(
            "Nothing was made of any repository before, and no clone of one is among the sources.",
            "Name the clones after the other words: the SOURCEs that `sovlint fleet scan` was given.",
        )
    return found


def _made(store: FleetStore, state: NewestState, want: str, how: Again) -> Iterator[MadeText]:
    rows = _rows(store, want)
    lacking = [
        replace(each, repository=_cloned(each.repository, how))
        for each in rows
        if not each.text and not each.reason
    ]
    read = _read(store, state, lacking, want, how) if lacking else {}
    for each in rows:
        done = read.get(each.repository.name)
        if done is None:
            yield each
        elif done.status in _SAID:
            yield replace(each, text=_text(store, done, state, want))
        else:
            yield replace(each, reason=done.reason)


def _text(store: FleetStore, done: Done, state: NewestState, want: str) -> str:
    try:
        return store.load(done.repository, done.digest, state.day).made.get(want, "")
    except KeyError:  # no run lists it: compaction takes it away
        raise lost(store.place, 1) from None


def _rows(store: FleetStore, want: str) -> list[MadeText]:
    """What the results of the state say already. One that failed has a reason."""
    with views.connect(store) as database:
        found = database.execute(_ROWS, [want]).fetchall()
    return [_row(each) for each in found]


def _row(found: Sequence[Any]) -> MadeText:
    (
        name,
        commit,
        revision,
        committed_at,
        owners,
        addresses,
        status,
        reason,
        *counted,
        text,
        answers,
    ) = found
    repository = FleetRepository(
        name, "", revision, commit, tuple(addresses), tuple(owners), committed_at
    )
    said = "" if status in _SAID else reason or status
    return replace(MadeText(repository, text, said, *counted), answers=answers)


def _cloned(repository: FleetRepository, how: Again) -> FleetRepository:
    """A repository with the folder of its clone, where a source has it."""
    clone = how.clones.get(repository.name)
    if clone is None:
        return repository
    return replace(repository, git_dir=clone.git_dir, lacks=clone.lacks)


def _read(
    store: FleetStore,
    state: NewestState,
    lacking: Sequence[MadeText],
    want: str,
    how: Again,
) -> Mapping[str, Done]:
    answers = _answers(store, state, how)
    options = of_data(state.last.begun.options)

    def read(
        some: Iterable[MadeText], again: Again, digests: Mapping[str, str] | None = None
    ) -> Mapping[str, Done]:
        texts = {want: how.text} if how.text else {}
        repositories = tuple(each.repository for each in some)
        asked = FleetAsked(repositories, options, how.limits, (want,), texts)
        return read_with(asked, store, again.carry_out, answers, again.watch, digests)

    without = [each for each in lacking if not each.repository.git_dir]
    there = [each for each in lacking if each.repository.git_dir]
    looked_up = replace(how, carry_out=_given_back, watch=None)
    known = dict(read(without, looked_up))
    # Modules of others can't be read without their clones: what they answered then is known by its digest.
    left = [each for each in without if known[each.repository.name].reason == NO_CLONE]
    known |= read(left, looked_up, {each.repository.name: each.answers for each in left})
    return {**known, **(read(there, how) if there else {})}


def _answers(
    store: FleetStore, state: NewestState, how: Again
) -> Mapping[str, tuple[Offer, ...]]:
    """What others answer each repository in this state."""
    pairs = [
        (each.entry.repository, each.entry.digest)
        for each in state.chosen
        if each.entry.status is Status.READ
    ]
    there = store.known(pairs, state.day)
    joined = joined_in(how.clones.values())
    return joined(store, [each for each in pairs if each in there], state.day)


def _given_back(jobs: Iterable[Job]) -> Iterator[Done]:
    """What becomes of jobs whose clones aren't there."""
    for job in jobs:
        task = job.task
        yield Done(task.repository.name, task.digest, Status.BROKEN, NO_CLONE)
