"""What holds for all tests: a slow machine fails no property, and what takes long is tried by samples."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import sharing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Commands that tests run would else compile all of sovlint each time: a second instead of a third of one.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What one test reads is nothing to the next; what is kept has tests of its own.
os.environ["SOVLINT_CACHE"] = "no"

settings.register_profile("sovlint", deadline=None, max_examples=25)
settings.register_profile("endless", deadline=None, max_examples=200)
settings.load_profile("sovlint")

sharing.share()  # before tests, and what they try, import its functions

gc.set_threshold(200_000, 20, 100)
"""Tests are collected into many objects that live as long as the process does: looking through them at Python's own
pace takes a third of that time."""


@pytest.fixture(scope="session", autouse=True)
def shared_catalogue() -> Iterator[None]:
    """What all tests share is the same when they are done."""
    yield
    sharing.check_unchanged()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window: one for all pages, since a process can't drive two. Importing Playwright takes half a
    second: only who needs it waits."""
    from playwright.sync_api import sync_playwright

    from tests.report.page.browser import PROGRAM

    if PROGRAM is None:
        pytest.skip("chromium isn't installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=PROGRAM)
        yield launched
        launched.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes, days and fractions are called by the name of their argument: what makes them may differ from second to
    second (``gzip.compress``), and workers that collect other ids abort the run."""
    return argname if isinstance(val, bytes | bytearray | date | float) else None


EVERY = 5
"""Of the tests marked ``endless``, one in so many runs where nobody asks for all."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--endless`` runs all tests of input that must end in time."""
    parser.addoption(
        "--endless", action="store_true", help="run all tests that are marked endless"
    )


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: a third of the time some wait for a browser or another program."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """With ``--endless``, properties are tried by more cases too."""
    if config.getoption("--endless"):
        settings.load_profile("endless")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``SOVLINT_ORACLES=required``, as CI has it, a comparison that is left out is a failure."""
    report = yield
    is_required = os.environ.get("SOVLINT_ORACLES") == "required"
    if is_required and report.skipped and item.get_closest_marker("oracle"):
        report.outcome, report.longrepr = "failed", f"left out: {report.longrepr}"
    return report


HERE = Path(__file__).parent
WHOLE = {"commands", "fuzz", "gate", "oracle"}
"""Folders of tests that run sovlint as a whole, as the tests beside this file do."""


def _is_whole(item: pytest.Item) -> bool:
    folders = item.path.parent.relative_to(HERE).parts
    return not folders or folders[0] in WHOLE


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Where nothing is compiled yet, one process of a run collects before the others: they find what it compiled, which
    takes twice as long as all else. What it leaves last shows that it did."""
    last = session.config.rootpath / ".hypothesis" / "constants"
    if last.exists() or sys.platform == "win32":
        return (yield)
    import fcntl

    last.parent.mkdir(exist_ok=True)
    with (last.parent / "collecting").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(file, fcntl.LOCK_SH)
        return (yield)


def pytest_collection_finish() -> None:
    """From now on, no search for garbage goes through what has been collected."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks the tests that run the whole, and leaves out most of those marked ``endless``: together they take longer
    than all others."""
    for item in items:
        if _is_whole(item):
            item.add_marker("whole")
    if config.getoption("--endless"):
        return
    endless = [item for item in items if item.get_closest_marker("endless")]
    left_out = {id(item) for position, item in enumerate(endless) if position % EVERY}
    config.hook.pytest_deselected(items=[item for item in items if id(item) in left_out])
    items[:] = [item for item in items if id(item) not in left_out]
