"""Dask carries out jobs: here, or where a scheduler was named."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet import scheduler
from sovlint.fleet.code import code_digest
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.result import Status
from sovlint.fleet.scheduler import OnDemand, carried_out, connected
from sovlint.fleet.store.store import open_store
from sovlint.fleet.worker import Job
from tests.fleet.house import BUCKET, DAY, repository, task


def jobs(folder: Path, count: int) -> list[Job]:
    open_store(f"{folder / 'store'}", create=True)
    found = []
    for number in range(count):
        made = task(repository(folder / f"r{number}", {"main.tf": BUCKET}))
        found.append(Job(made, ReadingLimits(), str(folder / "store"), code_digest()))
    return found


def test_processes_of_this_machine_read_and_write_quietly_and_may_die(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = jobs(tmp_path, 4)
    with connected(None, 1) as client:
        assert client.scheduler.address.startswith("tls://127.0.0.1:")
        done = carried_out(client, given)
        found = [next(done)]
        (pid,) = client.run(os.getpid).values()
        os.kill(pid, signal.SIGKILL)
        found += done
        workers = client.run(os.getpid)
        unheard = client.run(signal.pthread_sigmask, signal.SIG_BLOCK, ())
    assert sorted(each.repository for each in found) == ["r0", "r1", "r2", "r3"]
    assert {each.status for each in found} == {Status.READ}
    store = open_store(f"{tmp_path / 'store'}")
    assert all(store.has(each.repository, "d", DAY.isoformat()) for each in found)
    assert capfd.readouterr() == ("", "")
    assert [signal.SIGINT in each for each in unheard.values()] == [True]
    for pid in workers.values():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_no_scheduler_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        pytest.raises(SovlintError, match="No scheduler answers at"),
        connected(f"tcp://127.0.0.1:{port}", 1),
    ):
        pass
    with pytest.raises(SovlintError, match="No scheduler answers at"), connected("x://y", 1):
        pass
    unsigned = f"tls://127.0.0.1:{port}"
    with (
        pytest.raises(SovlintError, match="can't be reached: TLS expects"),
        connected(unsigned, 1),
    ):
        pass


def test_a_scheduler_that_goes_away_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 1)
    given = jobs(tmp_path, 3)
    with connected(None, 1, processes=False) as client:
        done = carried_out(client, given)
        next(done)
        client.cluster.sync(client.cluster.scheduler.close)
        with pytest.raises(SovlintError, match="The scheduler has gone away"):
            list(done)


def test_nobody_is_asked_where_there_is_nothing_to_do() -> None:
    with OnDemand("tcp://127.0.0.1:1", 1) as carry_out:
        assert list(carry_out([])) == []
