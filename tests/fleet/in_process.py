"""Runs over a fleet in this process: which repositories were read is kept."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from sovlint.fleet import worker
from sovlint.fleet.child import read
from sovlint.fleet.options import FleetOptions
from sovlint.fleet.run import FleetAsked, carried_through
from sovlint.fleet.store.store import open_store
from sovlint.fleet.worker import Done, Job, work
from sovlint.model.request import Request
from tests.fleet.house import known
from tests.registers.drafts import AS_OF

read_here: list[str] = []


def carry_out(jobs: Iterable[Job]) -> Iterator[Done]:
    """Jobs in this process, in any order."""
    listed = list(jobs)
    random.shuffle(listed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "_read", lambda task, limits: (read(task), True))
        for job in listed:
            read_here.append(job.task.repository.name)
            yield msgspec.json.decode(work(msgspec.json.encode(job)), type=Done)


def scanned(clones: Path, store: Path) -> None:
    """A run over all clones of a folder."""
    asked = FleetAsked(known(clones), FleetOptions(Request(as_of=AS_OF)))
    carried_through(asked, open_store(str(store), create=True), carry_out)
