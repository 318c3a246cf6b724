"""An attempt at a reading, in a process of its own that is watched: it ends in time, and whatever becomes of it is a
result.

``python -m sovlint.fleet.attempt`` is a small process that has imported sovlint and the catalogue, and forks a child for
each reading: starting anew would take as long as a small repository does. It has one thread, is told one task at a time
on standard input, answers on standard output, and ends when nobody is there to answer to any more.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import IO, Final, NoReturn

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.fleet import limits
from sovlint.fleet.child import failed, read
from sovlint.fleet.core import prepare
from sovlint.fleet.json_bytes import encoded
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.result import ReadTask, RepositoryResult, Status

_SIZE: Final = struct.Struct(">Q")
_CHUNK: Final = 1 << 20
_MIB: Final = 1 << 20
_SECONDS_TO_END: Final = 10


class Attempt(Struct, frozen=True):
    """A task, and what its reading may take."""

    task: ReadTask
    limits: ReadingLimits


class Ready(Struct, frozen=True):
    """What the process that forks says first: whether readings have no network."""

    fenced: bool


class Attempts:
    """Readings one after another, by a process that is kept ready for them. Closed, or forgotten, it takes that along.

    Raises ``SovlintError`` where processes can't be forked.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self.fenced = False
        if not hasattr(os, "fork"):
            raise SovlintError(
                "Repositories of a fleet are read in processes that are forked, which this system has not.",
                "Run it on Linux or macOS; on Windows, in WSL.",
            )

    def read(self, task: ReadTask, limits: ReadingLimits) -> RepositoryResult:
        """What came of a reading, or of the attempt at it."""
        try:
            process = self._ready()
            assert process.stdin is not None
            assert process.stdout is not None
            _send(process.stdin, msgspec.json.encode(Attempt(task, limits)))
            return msgspec.json.decode(_received(process.stdout), type=RepositoryResult)
        except (OSError, EOFError):
            self.close()
            reason = "The process that starts readings was ended from outside."
            return failed(task, Status.BROKEN, reason)
        except (MemoryError, msgspec.MsgspecError) as error:
            self.close()  # nobody knows how much of the answer was read
            reason = f"internal error: {type(error).__name__}: {error}".rstrip(": ")
            return failed(task, Status.BROKEN, reason)

    def close(self) -> None:
        """End the process, which ends what it is at; nothing is left of either."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream and stream.close()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._folder = tempfile.mkdtemp(prefix="sovlint-fleet-")
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "sovlint.fleet.attempt", self._folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        self.fenced = msgspec.json.decode(_received(process.stdout), type=Ready).fenced
        return process


def attempted(
    task: ReadTask, given: ReadingLimits, asked: int | None = None
) -> RepositoryResult:
    """What came of a reading in a child of this process, which has one thread.

    ``asked``: where whoever asked would be heard, who is gone when there is something to be heard: then nothing is left
    of the attempt, and ``EOFError`` is raised.
    """
    folder = tempfile.mkdtemp(prefix="sovlint-")
    try:
        return _Child(task, given, folder).result(asked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Child:
    """A child at work, and the pipe that its result comes through."""

    def __init__(self, task: ReadTask, given: ReadingLimits, folder: str) -> None:
        self._task, self._limits = task, given
        self._began = time.monotonic()
        self._from, to = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._from)
            _read_in_child(task, given, folder, to)
        os.close(to)
        with contextlib.suppress(OSError):  # the child does it too: whoever comes first
            os.setpgid(self._pid, self._pid)

    def result(self, asked: int | None) -> RepositoryResult:
        """The result, when it is there; else why there is none. The child and what it started are gone then."""
        try:
            said = self._said(asked)
        finally:
            status = self._ended()
            os.close(self._from)
        if isinstance(said, RepositoryResult):
            return said
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
            return msgspec.json.decode(said, type=RepositoryResult)
        return self._why(status)

    def _said(self, asked: int | None) -> bytes | RepositoryResult:
        """All that the child says; or that it takes too long, or says too much."""
        said, end = bytearray(), self._began + self._limits.seconds
        watched = [self._from, *(() if asked is None else (asked,))]
        while (left := end - time.monotonic()) > 0:
            heard, _, _ = select.select(watched, [], [], left)
            if asked in heard:
                raise EOFError
            if not heard:
                continue
            chunk = os.read(self._from, _CHUNK)
            if not chunk:
                return bytes(said)
            said += chunk
            if len(said) > self._limits.most:
                return self._failed(
                    Status.BROKEN,
                    f"Its result is longer than {self._limits.most // _MIB} MiB.",
                )
        return self._timed_out()

    def _ended(self) -> int:
        """How the child ended; it, and all that it started, is made to."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        _, status, used = os.wait4(self._pid, 0)
        self._peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return os.waitstatus_to_exitcode(status)

    def _why(self, status: int) -> RepositoryResult:
        """Why a child said nothing that is a result."""
        if status == -signal.SIGXCPU:
            return self._timed_out()
        if status == -signal.SIGKILL:
            return self._failed(
                Status.OUT_OF_MEMORY, "The system ended it, as it does where memory is short."
            )
        if status == NO_MEMORY:
            return self._failed(
                Status.OUT_OF_MEMORY,
                f"It needs more memory than the {self._limits.memory // _MIB} MiB that it may have.",
            )
        if status < 0:
            return self._failed(
                Status.BROKEN, f"Its process was ended by {_signal(-status)}."
            )
        return self._failed(
            Status.BROKEN, f"Its process ended with code {status}, and no result."
        )

    def _timed_out(self) -> RepositoryResult:
        return self._failed(
            Status.TIMED_OUT,
            f"It takes longer than the {self._limits.seconds:g} s that it may take.",
        )

    def _failed(self, status: Status, reason: str) -> RepositoryResult:
        seconds = round(time.monotonic() - self._began, 3)
        peak = getattr(self, "_peak", 0)
        return msgspec.structs.replace(
            failed(self._task, status, reason), seconds=seconds, peak=peak
        )


NO_MEMORY: Final = 77
"""How a child exits that has no memory left to say so."""


def _read_in_child(task: ReadTask, given: ReadingLimits, folder: str, to: int) -> NoReturn:
    """Read, in the process that was just forked; it never returns into what its parent was at."""
    code = 1
    try:
        os.setpgid(0, 0)
        tempfile.tempdir = folder
        os.chdir(folder)
        limits.end_with_parent()
        limits.apply(given)
        limits.fence()
        result = read(task)
        if result.status is Status.OUT_OF_MEMORY:
            code = NO_MEMORY
        else:
            with os.fdopen(to, "wb") as stream:
                stream.write(encoded(result))
            code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """One message. Raises ``EOFError`` where there is none."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _tasks(stream: IO[bytes]) -> Iterator[Attempt]:
    with contextlib.suppress(EOFError):
        while True:
            yield msgspec.json.decode(_received(stream), type=Attempt)


def _is_fenced() -> bool:
    """Whether a child can be fenced: tried in one."""
    pid = os.fork()
    if pid == 0:
        os._exit(0 if limits.fence() else 1)
    return os.waitpid(pid, 0)[1] == 0


def main() -> None:
    """Read what is asked for, until nobody asks any more; the folder for the time being goes too."""
    folder = tempfile.tempdir = sys.argv[1]
    source, target = sys.stdin.buffer, sys.stdout.buffer
    try:
        prepare()
        with contextlib.suppress(EOFError, BrokenPipeError):
            _send(target, msgspec.json.encode(Ready(_is_fenced())))
            for each in _tasks(source):
                result = attempted(each.task, each.limits, source.fileno())
                _send(target, msgspec.json.encode(result))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
