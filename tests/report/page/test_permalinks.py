"""A permalink opens what it names, wherever that stands; one that names nothing does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import DESK, PHONE, Watched, opened
from tests.report.page.hostile import EVIL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]
IS_SEEN = """id => {
    const each = document.getElementById(id), box = each.getBoundingClientRect();
    const closed = [];
    for (let at = each; (at = at.parentElement?.closest('details')); ) if (!at.open) closed.push(at.id || at.className);
    const inner = each.querySelector('details');
    const shown = each.checkVisibility({checkVisibilityCSS: true});
    return [shown, closed, box.top >= -1 && box.top < innerHeight, !inner || inner.open];
}"""


def ids(watched: Watched, prefix: str) -> list[str]:
    return [str(each) for each in watched.page.evaluate(
        "prefix => [...document.querySelectorAll(`[id^='${prefix}']`)].map(each => each.id)", prefix
    )]  # fmt: skip


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("prefix", ["f-", "c-", "company-"])
def test_it_opens_what_it_names(
    browser: Browser, page_of: PageOf, prefix: str, width: int
) -> None:
    file = page_of("insurer")
    with opened(browser, file, width=width) as watched:
        names = ids(watched, prefix)
    assert names
    for name in dict.fromkeys([names[0], names[-1]]):
        with opened(browser, file, width=width, fragment=f"#{name}") as watched:
            assert watched.page.evaluate(IS_SEEN, name) == [True, [], True, True], name
            watched.did_nothing()


def test_every_one_of_a_report_leads_to_its_own(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        for name in [*ids(watched, "f-"), *ids(watched, "c-"), *ids(watched, "company-")]:
            watched.follow(name)
            assert watched.page.evaluate(IS_SEEN, name)[:2] == [True, []], name
        watched.did_nothing()


def test_it_opens_what_a_filter_hides(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        name = ids(watched, "f-")[-1]
        watched.search("no such thing as this")
        watched.follow(name)
        assert watched.page.evaluate(IS_SEEN, name)[:2] == [True, []]


def test_it_says_its_own(browser: Browser, page_of: PageOf) -> None:
    """Each finding that is told by itself has a link to itself, to be copied."""
    with opened(browser, page_of("insurer")) as watched:
        names = {*ids(watched, "f-"), *ids(watched, "c-")}
        led = set(
            watched.page.evaluate(
                "[...document.querySelectorAll('#findings a[href^=\"#\"]')].map(each => each.getAttribute('href').slice(1))"
            )
        )
    assert led & names
    assert {name for name in names if name.startswith("c-")} <= led


def test_those_that_name_nothing_do_nothing(browser: Browser, page_of: PageOf) -> None:
    did = []
    with opened(browser, page_of("insurer")) as watched:
        before = watched.found().count()
        for fragment in (*EVIL.values(), "%", "%E0%A4", "f-", "x" * 5000):
            watched.follow(fragment)
            told = watched.found().count(), watched.page.evaluate("'pwned' in window")
            if told != (before, False):
                did.append((fragment[:20], *told))
        assert did == []
        watched.did_nothing()
