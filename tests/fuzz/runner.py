"""Cases one after another, in a process that may be lost: what hangs or dies is a fault, and the next case goes on."""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tests.fuzz import corpus
from tests.fuzz.cases import Case, tried
from tests.fuzz.engines import ENGINES, Plan
from tests.fuzz.seeds import seeds
from tests.fuzz.trial import Fault, Options
from tests.fuzz.watch import Watch, limit

PATIENCE = 120
"""Seconds of anything, for one case: more than it may compute."""
SHORT_LIVED = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where repositories are laid out: in memory, where the system has such a place."""
EXAMPLES = 3
"""So many repositories are kept for one fault."""
EVERY = 60
"""Seconds between two lines of the log."""


class Tally:
    """What was tried and found so far."""

    def __init__(self, plan: Plan, log: TextIO) -> None:
        self.plan, self.log = plan, log
        self.began = self.told = time.monotonic()
        self.cases: Counter[str] = Counter()
        self.signs: Counter[str] = Counter()

    @property
    def over(self) -> bool:
        """Whether the time has passed."""
        return time.monotonic() - self.began >= self.plan.seconds

    def tell(self, at_once: bool = False) -> None:
        """A line with all numbers, once a minute."""
        now = time.monotonic()
        if not at_once and now - self.told < EVERY:
            return
        self.told = now
        rooms = ", ".join(f"{room} {number}" for room, number in sorted(self.cases.items()))
        minutes = (now - self.began) / 60
        faults = f"{len(self.signs)} kinds of faults"
        self._say(f"{minutes:.1f} min, {self.cases.total()} cases ({rooms}), {faults}")

    def fault(self, number: int, found: Fault, kept: Path) -> None:
        """A fault, whose case is kept if it is among the first."""
        self.signs[found.sign] += 1
        if self.signs[found.sign] > EXAMPLES:
            return
        self._say(f"FAULT {found.sign} (seed {self.plan.seed}, case {number})")
        path = corpus.file_of(self.plan.out, f"{found.sign} {self.signs[found.sign]}")
        corpus.keep(path, corpus.read(kept), f"{found.sign}\n{found.detail}")

    def _say(self, line: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {line}", file=self.log, flush=True)


def run(plan: Plan, log: TextIO = sys.stdout) -> Tally:
    """Try cases until the time is over."""
    tally = Tally(plan, log)
    number = 0
    with tempfile.TemporaryDirectory(prefix="fuzz", dir=SHORT_LIVED) as folder:
        _warm_up(Path(folder) / "case")
        while not tally.over:
            number = _stretch(tally, number, Path(folder))
    tally.tell(at_once=True)
    return tally


def _warm_up(place: Path) -> None:
    """Import and load here what every process would else import and load anew."""
    for seed in seeds()[::60]:
        tried(Case(seed.room, "wild", seed.name, seed.files, Options(page=True)), place, None)
    gc.collect()
    gc.freeze()


def _stretch(tally: Tally, first: int, folder: Path) -> int:
    """Cases in one process; the number of the case to go on with."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        _work(tally, first, send, folder)
    os.close(send)
    last, finished = first, True
    for message in _messages(receive, child):
        last, finished = message["case"], message["done"]
        if finished:
            tally.cases[f"{message['room']}/{message['kind']}"] += 1
            for sign, detail in message["faults"]:
                tally.fault(last, Fault(sign, detail), _kept(folder, last))
        tally.tell()
    os.close(receive)
    _, status = os.waitpid(child, 0)
    if not finished:
        tally.fault(last, Fault(f"lost: {_ended(status)}", ""), _kept(folder, last))
    for path in folder.glob("*.json"):
        path.unlink()
    return last + 1


def _kept(folder: Path, number: int) -> Path:
    """Where a process writes a case down before it tries it."""
    return folder / f"{number}.json"


def _ended(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit {os.WEXITSTATUS(status)}"


def _messages(receive: int, child: int) -> Iterator[dict[str, Any]]:
    """What the process says; one that says nothing for long is killed."""
    left = b""
    while True:
        ready, _, _ = select.select([receive], [], [], PATIENCE)
        if not ready:
            os.kill(child, signal.SIGKILL)
            return
        more = os.read(receive, 1 << 16)
        if not more:
            return
        *lines, left = (left + more).split(b"\n")
        for line in lines:
            yield json.loads(line)


def _work(tally: Tally, first: int, send: int, folder: Path) -> None:
    """Cases in this process, which then ends."""

    def attempt(number: int, case: Case) -> None:
        if tally.over:
            os._exit(0)
        corpus.keep(_kept(folder, number), case, "")
        _say(send, case=number, done=False)
        wrong = [
            (each.sign, each.detail[:8000]) for each in tried(case, folder / "case", watch)
        ]
        if not wrong:
            _kept(folder, number).unlink()
        _say(send, case=number, done=True, room=case.room, kind=case.kind, faults=wrong)

    try:
        watch = Watch()
        limit()
        ENGINES[tally.plan.engine](tally.plan, first, attempt)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _say(send: int, **message: Any) -> None:
    data = json.dumps(message).encode() + b"\n"
    while data:
        data = data[os.write(send, data) :]
