"""Who carries out jobs: Dask, with processes on this machine, or a cluster that somebody has started.

There is no queue, no retry and no heartbeat of our own.
"""

from __future__ import annotations

import logging
import os
import signal
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final

import msgspec

from sovlint.errors import SovlintError
from sovlint.fleet.child import failed
from sovlint.fleet.opening import opened
from sovlint.fleet.result import Status
from sovlint.fleet.worker import Done, Job, work
from sovlint.installation import bringing

if TYPE_CHECKING:
    from distributed import Client

CONNECT_SECONDS: Final = 20
"""How long a scheduler may take to answer."""
RETRIES: Final = 2
DEATHS: Final = 10
"""Workers that may die with a task before it is given up, where this machine has the workers."""
AHEAD: Final = 4
"""Jobs that are handed out for each thread of a worker: enough that none waits, few enough that memory stays as it is."""
LOOPBACK: Final = "127.0.0.1"

_NOISY: Final = ("distributed", "tornado", "asyncio", "bokeh")


def workers_here() -> int:
    """How many processes this machine has room for."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def connected(
    scheduler: str | None, workers: int, processes: bool = True
) -> Iterator[Client]:
    """Whoever carries out jobs: the cluster of a ``scheduler``, else so many workers on this machine, which are gone
    afterwards.

    Raises ``SovlintError`` where Dask isn't installed, where no scheduler answers, or where its versions are others.
    """
    _need_dask()
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        if scheduler is not None:
            yield stack.enter_context(_elsewhere(scheduler))
        else:
            yield stack.enter_context(_here(workers, processes))


class OnDemand:
    """Whoever carries out jobs, asked only where there are any: a run that finds all in its store needs nobody."""

    def __init__(self, scheduler: str | None, workers: int, processes: bool = True) -> None:
        self._given = scheduler, workers, processes
        self._stack = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> OnDemand:
        return self

    def __exit__(self, *ended: object) -> None:
        self._stack.close()

    def __call__(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """What becomes of jobs; see ``carried_out``."""
        first = list(islice(jobs := iter(jobs), 1))
        if not first:
            return
        if self._client is None:
            self._client = self._stack.enter_context(connected(*self._given))
        yield from carried_out(self._client, chain(first, jobs))


def carried_out(client: Client, jobs: Iterable[Job]) -> Iterator[Done]:
    """What becomes of jobs, as they come: each exactly once.

    Raises ``SovlintError`` where the scheduler goes away, or a job can't be carried out anywhere.
    """
    from distributed import as_completed

    waiting = iter(jobs)
    held: dict[str, Job] = {}

    def handed(count: int) -> list[Any]:
        futures = []
        for job in islice(waiting, count):
            future = client.submit(
                work, msgspec.json.encode(job), pure=False, retries=RETRIES
            )
            held[str(future.key)] = job
            futures.append(future)
        return futures

    done = as_completed(handed(_room(client)), loop=client.loop)
    try:
        for future in done:
            yield _became(future, held.pop(str(future.key)))
            future.release()
            done.update(handed(1))
    except (OSError, TimeoutError) as error:
        raise _gone(error) from None
    if held:
        raise _gone(None)


def _became(future: Any, job: Job) -> Done:
    from distributed import CancelledError, KilledWorker

    try:
        return msgspec.json.decode(future.result(), type=Done)
    except KilledWorker as error:
        return _died(job, error.allowed_failures + 1)
    except CancelledError:
        raise _gone(None) from None
    except (ImportError, AttributeError) as error:
        raise SovlintError(
            f"A worker lacks something that is needed: {error}.",
            "Install sovlint with its extra `fleet` in the same version on all workers.",
        ) from None


def _died(job: Job, count: int) -> Done:
    """That every worker that had a job died: a row like any other."""
    reason = f"{count} workers died while they had it."
    result = failed(job.task, Status.BROKEN, reason)
    opened(job.store).write(result)
    return Done(job.task.repository.name, job.task.digest, result.status, reason)


def _room(client: Client) -> int:
    """How many jobs are handed out at first."""
    threads: int = sum(client.nthreads().values())
    return max(AHEAD * threads, 2 * AHEAD)


def _gone(error: Exception | None) -> SovlintError:
    why = f" ({error})" if error is not None and str(error) else ""
    return SovlintError(
        f"The scheduler has gone away{why}.",
        "What is in the store stays: start the scheduler again, and the same command goes on from there.",
    )


def _need_dask() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise SovlintError(
            "`sovlint fleet` needs Dask, which isn't installed.",
            bringing("fleet"),
        ) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of what libraries log gets between our own lines."""
    import dask

    loggers = [logging.getLogger(name) for name in _NOISY]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.CRITICAL + 1)
    settings = {
        "distributed.scheduler.allowed-failures": DEATHS,
        "distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s",
        "distributed.admin.tick.limit": "1h",
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
    }
    try:
        with dask.config.set(settings), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for each, level in zip(loggers, levels, strict=True):
            each.setLevel(level)


@contextmanager
def _elsewhere(address: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (TypeError, ImportError) as error:  # what its kind of address needs isn't there
        raise SovlintError(
            f"The scheduler at `{address}` can't be reached: {error}.",
            "For tls:// name certificate and key in Dask's configuration: `distributed.comm.tls`.",
        ) from None
    except (OSError, TimeoutError, ValueError) as error:
        raise SovlintError(
            f"No scheduler answers at `{address}`: {error or type(error).__name__}.",
            "Is it started (`dask scheduler`), and is its port open from here?",
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise SovlintError(
                f"The scheduler at `{address}` has no workers.",
                f"Start some: `dask worker {address} --nthreads 1`.",
            ) from None
        told: Any = client.get_versions()
        _check_versions(told)
        yield client


def _check_versions(told: Mapping[str, Any]) -> None:
    """Raise ``SovlintError`` where a machine of the cluster has other versions of what tasks travel by."""
    ours = told["client"]["packages"]
    others = {"the scheduler": told["scheduler"], **told["workers"]}
    for name, found in others.items():
        theirs = (found or {}).get("packages", {})
        for package in ("python", "dask", "distributed"):
            mine, other = (each.get(package) for each in (ours, theirs))
            if package == "python":
                mine, other = _release(mine), _release(other)
            if mine != other:
                raise SovlintError(
                    f"{name} has {package} {other}, and this machine {mine}.",
                    "Install the same versions of Python, dask and distributed on all of them.",
                )


def _release(python: str | None) -> str:
    """What counts of a version of Python."""
    return ".".join((python or "").split(".")[:2])


@contextmanager
def _heard_later() -> Iterator[None]:
    """Ctrl-C is heard afterwards by this process alone: a terminal sends it to all, and whatever starts meanwhile, or is
    started by that, takes no notice of it. Whoever scans ends the workers."""
    resource_tracker.ensure_running()  # it would have the signal heard again in the midst of it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _here(workers: int, processes: bool) -> Iterator[Client]:
    """Workers on this machine. They speak over loopback alone, and with nobody who hasn't their key."""
    from distributed import Client, LocalCluster

    on: dict[str, Any] = {"host": LOOPBACK, "security": True} if processes else {}
    pages = {"dashboard": False, "dashboard_address": f"{LOOPBACK}:0"}
    with ExitStack() as stack:
        with _heard_later():
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=processes,
                    dashboard_address=None,
                    scheduler_kwargs=pages,
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                    **on,
                )
            )
        yield stack.enter_context(Client(cluster, set_as_default=False))
