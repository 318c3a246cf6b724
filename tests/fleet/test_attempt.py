"""An attempt at a reading ends in time and in a result, whatever the process that reads does."""

from __future__ import annotations

import faulthandler
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sovlint.fleet import attempt, limits
from sovlint.fleet.attempt import Attempts, attempted
from sovlint.fleet.child import failed
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.result import ReadTask, RepositoryResult, Status
from tests.fleet.house import BUCKET, repository, task

QUICK = ReadingLimits(seconds=0.5, memory=1 << 40, most=1 << 20)
ENOUGH = ReadingLimits(seconds=30, memory=1 << 40)


@pytest.fixture
def given(tmp_path: Path) -> ReadTask:
    return task(repository(tmp_path / "a", {"main.tf": BUCKET}))


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where folders for the time being are made; nothing is left there."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def hangs(_: ReadTask) -> None:
    """As git would that waits for something: in a process of its own, in a folder that is no longer empty."""
    (Path.cwd() / "left").write_text("x")
    subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], check=False)


def eats(_: ReadTask) -> None:
    limits.apply(replace(ENOUGH, memory=1 << 30))
    bytes(2 << 30)


def crashes(_: ReadTask) -> None:
    faulthandler.disable()  # which pytest has switched on
    os.kill(os.getpid(), signal.SIGSEGV)


def leaves(_: ReadTask) -> None:
    os._exit(3)


def is_ended(_: ReadTask) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def babbles(one: ReadTask) -> RepositoryResult:
    return replace(failed(one, Status.READ, ""), document="x" * (2 << 20))


def computes(_: ReadTask) -> None:
    limits.apply(ReadingLimits(seconds=0))
    while True:
        pass


@pytest.mark.parametrize(
    ("reading", "given_limits", "status", "reason"),
    [
        (hangs, QUICK, Status.TIMED_OUT, "It takes longer than the 0.5 s that it may take."),
        (
            computes,
            ENOUGH,
            Status.TIMED_OUT,
            "It takes longer than the 30 s that it may take.",
        ),
        (eats, ENOUGH, Status.OUT_OF_MEMORY, "It needs more memory than the"),
        (is_ended, ENOUGH, Status.OUT_OF_MEMORY, "The system ended it"),
        (crashes, ENOUGH, Status.BROKEN, "Its process was ended by SIGSEGV."),
        (leaves, ENOUGH, Status.BROKEN, "Its process ended with code 3"),
        (
            babbles,
            replace(ENOUGH, most=1 << 20),
            Status.BROKEN,
            "Its result is longer than 1 MiB.",
        ),
    ],
)
def test_whatever_goes_wrong_is_a_row_with_its_reason(
    reading: Callable[[ReadTask], RepositoryResult],
    given_limits: ReadingLimits,
    status: Status,
    reason: str,
    given: ReadTask,
    left: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempt, "read", reading)
    began = time.monotonic()
    result = attempted(given, given_limits)
    assert time.monotonic() - began < 20
    assert (result.status, result.holds_until) == (status, "0001-01-01")
    assert result.reason.startswith(reason)


def test_a_process_that_is_kept_ready_reads_one_after_another(given: ReadTask) -> None:
    attempts = Attempts()
    first, second = (attempts.read(given, ReadingLimits()) for _ in range(2))
    assert first.document == second.document
    assert (first.status, first.peak > 0) == (Status.READ, True)
    assert attempts._process is not None
    attempts._process.kill()
    attempts._process.wait()
    assert attempts.read(given, ReadingLimits()).status is Status.READ  # it is started anew
    attempts.close()


def test_who_is_gone_leaves_no_reading_behind(given: ReadTask, left: Path) -> None:
    """The worker that asked was killed, say: its end of the pipe is closed."""
    heard, told = os.pipe()
    os.close(told)
    with pytest.raises(EOFError):
        attempted(given, ENOUGH, heard)
    os.close(heard)


@pytest.mark.skipif(
    not attempt._is_fenced(), reason="this system takes the network from no process"
)
def test_a_reading_has_no_network(given: ReadTask, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = server.getsockname()

        def connects(one: ReadTask) -> RepositoryResult:
            try:
                socket.create_connection(place, timeout=2).close()
            except OSError as error:
                return failed(one, Status.READ, type(error).__name__)
            return failed(one, Status.READ, "connected")

        monkeypatch.setattr(attempt, "read", connects)
        assert attempted(given, ENOUGH).reason == "OSError"
