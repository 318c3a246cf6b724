"""What a worker does with one task: reads, and writes the result into the store. Only what became of it travels back."""

from __future__ import annotations

import threading

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.fleet.attempt import Attempts
from sovlint.fleet.child import failed
from sovlint.fleet.code import code_digest
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.opening import opened
from sovlint.fleet.options import day_of
from sovlint.fleet.result import ReadTask, RepositoryResult, Status
from sovlint.fleet.results import ResultStore, UnkeptError


class Job(Struct, frozen=True):
    """A task, what its reading may take, the store that the result goes to, and the state of sovlint that is meant."""

    task: ReadTask
    limits: ReadingLimits
    store: str
    code: str


class Done(Struct, frozen=True):
    """What became of a job. ``fenced``: whether readings have no network there; ``problem``: why there is no result that
    could be kept, in a message and a hint."""

    repository: str
    digest: str
    status: Status = Status.BROKEN
    reason: str = ""
    seconds: float = 0.0
    peak: int = 0
    fenced: bool = True
    problem: tuple[str, str] | None = None


_OWN = threading.local()
"""What each thread of a worker keeps between tasks."""


def work(job: bytes) -> bytes:
    """Carry out one job, both as JSON: a worker needs no more than this module of sovlint's."""
    return msgspec.json.encode(_done(msgspec.json.decode(job, type=Job)))


def _done(job: Job) -> Done:
    task = job.task
    name = task.repository.name
    if code_digest() != job.code:
        return Done(name, task.digest, problem=OTHER_CODE)
    try:
        store = opened(job.store)
    except SovlintError as error:
        return Done(name, task.digest, problem=_unreached(error))
    try:
        if store.has(name, task.digest, day_of(task.options)):  # another run was quicker
            known = store.known([(name, task.digest)], day_of(task.options))
            found = next(iter(known.values()))
            return Done(name, task.digest, found.status, found.reason)
        result, fenced = _read(task, job.limits)
        result = _written(store, task, result)
    except SovlintError as error:
        return Done(name, task.digest, problem=(error.message, error.hint))
    return Done(
        name, task.digest, result.status, result.reason, result.seconds, result.peak, fenced
    )


OTHER_CODE = (
    "A worker has another sovlint, or other libraries, than this machine: its results would be others.",
    "Install the same versions of sovlint and its libraries, with the same catalogue, on all workers.",
)


def _unreached(error: SovlintError) -> tuple[str, str]:
    """That a worker can't open the store, which whoever asked could."""
    return (
        f"A worker doesn't reach the store: {error.message}",
        "A folder must be there on all workers, under the same path; else name an address such as s3://bucket/folder.",
    )


def _read(task: ReadTask, limits: ReadingLimits) -> tuple[RepositoryResult, bool]:
    attempts = getattr(_OWN, "attempts", None)
    if attempts is None:
        attempts = _OWN.attempts = Attempts()
    return attempts.read(task, limits), attempts.fenced


def _written(
    store: ResultStore, task: ReadTask, result: RepositoryResult
) -> RepositoryResult:
    """A result that is kept; of one that no store takes, that it is so. Raises ``SovlintError`` where nothing can be
    written."""
    try:
        store.write(result)
    except UnkeptError as error:
        result = failed(
            task, Status.BROKEN, f"What came of it can't be kept: {error.message}"
        )
        store.write(result)
    return result
