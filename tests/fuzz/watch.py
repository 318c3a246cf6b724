"""What a run may not do, watched while it runs: take long, take much memory, look outside its folder, start programs."""

from __future__ import annotations

import os
import resource
import signal
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fuzz.seeds import ROOT

SECONDS = 10
"""Of computing: a busy machine is no fault of what is tried."""
MEMORY = 500 << 20
"""Bytes more than the process had before its first case."""

_PYTHON = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
ALLOWED = tuple(
    f"{os.path.realpath(str(each))}{os.sep}"
    for each in (
        *_PYTHON,
        ROOT / "sovlint",
        ROOT / "policies",
        ROOT / "tests",
        "/usr/share/zoneinfo",
    )
)
"""Where sovlint, its libraries and its data lie."""
DEVICES = ("/dev/null", "/dev/urandom")
PROGRAMS = ("git",)


class TooLongError(BaseException):
    """No ``Exception``: nothing in sovlint may take it for an error of its own."""


class Watch:
    """What this process did that it may not, while it was watched."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.seen: set[str] = set()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None or threading.current_thread() is not threading.main_thread():
            return
        if event in ("open", "os.listdir", "os.scandir"):
            self._opened(event, arguments[0])
        elif event == "subprocess.Popen":
            self._started(arguments)
        elif event in ("socket.connect", "socket.getaddrinfo", "os.system", "os.exec"):
            self.seen.add(f"{event} {arguments[:2]!r:.200}")

    def _started(self, arguments: tuple[Any, ...]) -> None:
        program = arguments[1][0] if arguments[1] else arguments[0]
        if Path(os.fsdecode(program)).name not in PROGRAMS:
            self.seen.add(f"started {program!r:.200}")

    def _opened(self, event: str, path: Any) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        folder, self.folder = self.folder, None  # what is asked here isn't watched
        try:
            real = os.path.realpath(os.fsdecode(path))
        except ValueError:
            real = ""
        self.folder = folder
        inside = f"{real}/".startswith((f"{folder}/", *ALLOWED))
        found_by_imports = event != "open" and real in map(os.path.realpath, sys.path)
        if real and not inside and not found_by_imports and real not in DEVICES:
            self.seen.add(f"{event} {real}")


def limit() -> None:
    """Let this process have little more memory than it has."""
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        size = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEMORY, MEMORY))


@contextmanager
def in_time(seconds: float = SECONDS) -> Iterator[None]:
    """Raises ``TooLongError`` in what computes for longer, again and again until it stops."""

    def late(number: int, frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
