"""The page opens soon, asks nobody for anything, and has what it is made for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import DESK, PHONE, VIEWS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]
SECONDS = 2.0
"""Until the page is there and answers, on two cores."""
BYTES = {"insurer": 1_000_000, "large": 4_000_000}
OPENED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"""


@pytest.mark.parametrize("name", ["insurer", "large"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_view_is_shown_and_nothing_else_happens(
    browser: Browser, page_of: PageOf, name: str, width: int
) -> None:
    with opened(browser, page_of(name), width=width) as watched:
        for view in VIEWS:
            watched.show(view)
            assert len(watched.page.locator(f"#view-{view}").inner_text()) > 200
            others = [other for other in VIEWS if other != view]
            assert not any(
                watched.page.locator(f"#view-{other}").is_visible() for other in others
            )
            assert watched.sideways() == 0
        watched.did_nothing()


@pytest.mark.timed
@pytest.mark.parametrize("name", ["insurer", "large"])
def test_it_opens_within_two_seconds(browser: Browser, page_of: PageOf, name: str) -> None:
    times = []
    for _ in range(3):
        with opened(browser, page_of(name)) as watched:
            times.append(watched.page.evaluate(OPENED) / 1000)
    assert min(times) < SECONDS, times


@pytest.mark.parametrize("name", BYTES)
def test_it_is_one_file_of_bounded_size(page_of: PageOf, name: str) -> None:
    file = page_of(name)
    assert [each.name for each in file.parent.iterdir() if each.suffix] == [file.name]
    assert file.stat().st_size < BYTES[name]


@pytest.mark.parametrize("name", ["insurer", "large", "hostile"])
def test_every_id_stands_once_and_every_link_within_leads_somewhere(
    browser: Browser, page_of: PageOf, name: str
) -> None:
    with opened(browser, page_of(name)) as watched:
        twice, nowhere = watched.page.evaluate("""() => {
            const seen = new Set(), twice = [];
            for (const each of document.querySelectorAll('[id]')) {
                if (seen.has(each.id)) twice.push(each.id);
                seen.add(each.id);
            }
            const led = [...document.querySelectorAll('[href^="#"]')].map(each => each.getAttribute('href').slice(1));
            const named = ['for', 'aria-controls', 'aria-labelledby', 'aria-describedby'].flatMap(name =>
                [...document.querySelectorAll(`[${name}]`)].flatMap(each => each.getAttribute(name).split(/\\s+/)));
            return [twice, [...led.map(decodeURIComponent), ...named].filter(id => !seen.has(id))];
        }""")
    assert (twice, nowhere) == ([], [])


def test_without_script_everything_is_there_to_read(
    browser: Browser, page_of: PageOf
) -> None:
    with opened(browser, page_of("insurer"), java_script_enabled=False) as watched:
        for view in VIEWS:
            assert watched.page.locator(f"#view-{view}").count() == 1
        assert watched.page.locator("#findings").is_visible()
