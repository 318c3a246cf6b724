"""The page of a fleet in Debian's Chromium: how large it is, when it answers, and how soon it has filtered.

python -m benchmarks.fleet_page [REPOSITORIES] [RUNS]
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.fleet_results import organisation, write_run
from sovlint.fleet.store.store import open_store
from sovlint.fleet.whole.page.page import render
from sovlint.fleet.whole.reading import SnapshotReader, chosen
from sovlint.fleet.whole.world_on_day import WorldOnDay

REPOSITORIES: Final = 5_000
OPENS: Final = 3.0
"""Seconds until the page may be there and answer."""
FILTERS: Final = 0.2
"""Seconds that a filter may take until its rows are drawn."""

_OPENED: Final = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
_FILTERED: Final = """([name, value]) => new Promise(done => {
    const element = document.querySelector(name);
    const before = performance.now();
    element.value = value === null ? element.options[Math.min(3, element.options.length - 1)].value : value;
    element.dispatchEvent(new Event(value === null ? 'change' : 'input', {bubbles: true}));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - before)));
})"""
_ASKED: Final = (
    ("#search", "claims"), ("#search", "claims team-07"), ("#search", ""), ("#filter-team", None),
    ("#filter-company", None), ("#filter-state", None), ("#filter-verdict", None), ("#search", "outscale"),
)  # fmt: skip


def made(folder: Path, count: int, runs: int) -> Path:
    """The page of an organisation with so many repositories, in a store of so many runs."""
    store = open_store(f"{folder / 'store'}", create=True)
    begun = time.perf_counter()
    for run in range(runs):
        write_run(store, organisation(count, run=run), f"2026-11-{10 + run:02d}")
    print(f"store of {runs} runs: {time.perf_counter() - begun:.0f} s")
    return page(f"{folder / 'store'}", folder / "page.html")


def page(address: str, file: Path) -> Path:
    """Write the page of a store."""
    store = open_store(address)
    begun = time.perf_counter()
    what = chosen(store, None)
    known = WorldOnDay(date.fromisoformat(what.day))
    with SnapshotReader(store) as reader:
        view = reader.view(what, known)
    read = time.perf_counter()
    text = render(view, known.world, "en")
    file.write_text(text, encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"read {read - begun:.1f} s, written {time.perf_counter() - read:.1f} s, {peak} MB")
    print(
        f"{len(view.repositories)} repositories, {len(view.uses)} uses, {len(view.found)} lines of findings"
    )
    print(f"page: {file.stat().st_size / 1e6:.2f} MB")
    return file


def measured(file: Path, width: int = 1440) -> tuple[float, float]:
    """Seconds until the page answers, the best of three; and the slowest of some filters."""
    from playwright.sync_api import sync_playwright

    opened: list[float] = []
    filtered: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for _ in range(3):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, offline=True
            )
            tab = context.new_page()
            tab.goto(f"{file.as_uri()}#view-engineer")
            opened.append(tab.evaluate(_OPENED) / 1000)
            times = [tab.evaluate(_FILTERED, list(each)) / 1000 for each in _ASKED]
            filtered.append(max(times))
            print(
                f"opened {opened[-1]:.2f} s; filters {', '.join(f'{each:.3f}' for each in times)} s"
            )
            context.close()
        browser.close()
    return min(opened), min(filtered)


def main() -> int:
    """Make, measure and compare with what it may take."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORIES
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as folder:
        opened, filtered = measured(made(Path(folder), count, runs))
    print(
        f"opens in {opened:.2f} s (at most {OPENS}), filters in {filtered:.3f} s (at most {FILTERS})"
    )
    return int(opened > OPENS or filtered > FILTERS)


if __name__ == "__main__":
    sys.exit(main())
