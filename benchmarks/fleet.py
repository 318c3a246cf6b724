"""How a fleet grows, and what is lost where workers die: ``python benchmarks/fleet.py [COUNT...] [--disturbed]``.

Each COUNT is a number of made-up repositories (``fleet_repositories.py``), scanned into a new store by a process of its
own. Told are: seconds, repositories a minute, the most memory that one worker took with all that it started, the size of
the store, and the seconds of a second run, where nothing has changed. Memory is what a process has for itself and its
share of what it has with others (PSS), looked at four times a second; it is known on Linux alone.

``--disturbed`` ends a random worker every ten seconds by SIGKILL, and the whole run twice; then it compares what is in
the store with what a run that nobody disturbs leaves.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import fleet_repositories
import psutil

SOVLINT = (sys.executable, "-m", "sovlint")
DAY = "2026-11-29"
KILLED_EVERY = 10.0
WORKER = "spawn_main"
"""What the command line of a worker has, as Dask starts it."""


def command(sources: Path, store: Path) -> list[str]:
    """A scan of all repositories below a folder."""
    return [
        *SOVLINT, "fleet", "scan", str(sources), "--store", str(store), "--as-of", DAY,
        "--quiet", "--exit-zero",
    ]  # fmt: skip


class Watched:
    """A run, and the most memory that one of its workers takes."""

    def __init__(self, sources: Path, store: Path) -> None:
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(command(sources, store), start_new_session=True)
        self.peak = 0
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def workers(self) -> list[psutil.Process]:
        """The processes that Dask's nannies started."""
        try:
            below = psutil.Process(self.process.pid).children()
            return [each for each in below if WORKER in " ".join(each.cmdline())]
        except psutil.Error:
            return []

    def ended(self) -> float:
        """Wait for the end; how many seconds it took."""
        code = self.process.wait()
        seconds = time.perf_counter() - self.begun
        if code:
            raise SystemExit(f"the run ended with {code}")
        return seconds

    def _watch(self) -> None:
        while self.process.poll() is None:
            for worker in self.workers():
                self.peak = max(self.peak, _memory(worker))
            time.sleep(0.25)


def _memory(process: psutil.Process) -> int:
    """What a process and all below it take, in bytes."""
    try:
        return sum(_share(each) for each in (process, *process.children(recursive=True)))
    except psutil.Error:
        return 0


def _share(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def measured(sources: Path, folder: Path, count: int) -> str:
    """One line of the table."""
    store = folder / f"store-{count}"
    run = Watched(sources, store)
    seconds = run.ended()
    again = Watched(sources, store).ended()
    return (
        f"{count:>7} {seconds:8.1f} s {count * 60 / seconds:8.0f} a minute "
        f"{run.peak / 2**20:6.0f} MB a worker {size_of(store) / 2**20:7.1f} MB of store {again:7.1f} s again"
    )


def disturbed(sources: Path, store: Path, seed: int = 1) -> tuple[int, int]:
    """A run whose workers are killed, and that is killed itself twice; how many of each."""
    chance = random.Random(seed)
    killed = 0
    for life in range(3):
        run = Watched(sources, store)
        ends = time.perf_counter() + chance.uniform(15, 30)
        due = time.perf_counter() + KILLED_EVERY
        while run.process.poll() is None:
            time.sleep(0.1)
            if life < 2 and time.perf_counter() > ends:
                os.killpg(run.process.pid, signal.SIGKILL)
                break
            if time.perf_counter() > due and (workers := run.workers()):
                chance.choice(workers).send_signal(signal.SIGKILL)
                killed += 1
                due = time.perf_counter() + KILLED_EVERY
        run.process.wait()
    return killed, 2


def results(store: Path) -> Iterator[tuple[Any, ...]]:
    """What the last run of a store lists: each repository with all that is said of it, and how often it is there."""
    files = [str(each) for each in store.rglob("*.parquet")]
    asked = """
        SELECT repository, digest, status, document, count(*) FROM read_parquet(?)
        GROUP BY ALL ORDER BY ALL
    """
    yield from duckdb.connect().execute(asked, [files]).fetchall()


def told_of(store: Path) -> set[tuple[str, ...]]:
    """What `sovlint fleet query` says of the last run."""
    asked = "SELECT repository, digest, status, md5(document) FROM repositories ORDER BY ALL"
    done = subprocess.run(
        [*SOVLINT, "fleet", "query", asked, "--store", str(store), "--format", "csv"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()[1:]
    if len(lines) != len(set(lines)):
        raise SystemExit("a repository is told twice")
    return {tuple(line.split(",")) for line in lines}


def compared(sources: Path, folder: Path, count: int) -> str:
    """Whether a disturbed run leaves what another one does."""
    apart, calm = folder / "disturbed", folder / "calm"
    begun = time.perf_counter()
    workers, runs = disturbed(sources, apart)
    seconds = time.perf_counter() - begun
    Watched(sources, calm).ended()
    one, other = told_of(apart), told_of(calm)
    twice = [row[0] for row in results(apart) if row[-1] > 1]
    return (
        f"{count} repositories, {workers} workers and {runs} runs killed, {seconds:.0f} s: "
        f"{len(one)} told, {len(other - one)} lost, {len(one - other)} otherwise, {len(twice)} twice in the store"
    )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="*", default=[10, 100, 500, 1000])
    parser.add_argument("--disturbed", action="store_true")
    parser.add_argument("--folder", type=Path, help="where repositories and stores are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.folder or Path(own)
        for count in given.count:
            sources = folder / f"repositories-{count}"
            fleet_repositories.make_all(sources, count)
            told = compared if given.disturbed else measured
            print(told(sources, folder, count), flush=True)


if __name__ == "__main__":
    main()
