"""Each filter and the search narrow findings, map and flows alike, and say how many are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.report.page.browser import Watched, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

KINDS = ("class", "root", "company", "verdict")
ZONES = {
    "findings": "#findings .finding",
    "map": "#map [data-class]",
    "flows": "#flows .flows-node, #flows .flows-edge",
    "companies": "#companies .company",
}
STATE = """([zones, kind, word]) => Object.fromEntries(Object.entries(zones).map(([zone, which]) => {
    const inside = each => !each.closest('[display=none]') && 
        each.closest('[lang]').getAttribute('lang') === document.documentElement.lang;
    const every = [...document.querySelectorAll(which)].filter(inside);
    const shown = each => each.checkVisibility() && !each.closest('.faded');
    const fits = each => !kind || each.getAttribute('data-' + kind).split(' ').includes(word);
    return [zone, {
        every: every.length,
        shown: every.filter(shown).length,
        wrong: every.filter(each => shown(each) !== fits(each)).map(each => each.outerHTML.slice(0, 300)),
    }];
}))"""


@pytest.fixture(scope="module")
def insurer(browser: Browser, page_of: Callable[[str], Path]) -> Iterator[Watched]:
    with opened(browser, page_of("insurer")) as watched:
        yield watched
        watched.did_nothing()


@pytest.fixture
def watched(insurer: Watched) -> Iterator[Watched]:
    """The page, with nothing filtered."""
    insurer.show("engineer")
    yield insurer
    for kind in KINDS:
        insurer.page.locator(f"select[name={kind}]").select_option("")
    insurer.search("")


def state(watched: Watched, kind: str = "", word: str = "") -> Any:
    return watched.page.evaluate(STATE, [ZONES, kind, word])


def told(watched: Watched) -> list[int]:
    """The numbers in the line that says how many are shown."""
    return [
        int(number)
        for number in re.findall(r"\d+", watched.page.locator("#shown").inner_text())
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_value_of_a_filter_leaves_what_has_it(watched: Watched, kind: str) -> None:
    whole = state(watched)
    select = watched.page.locator(f"select[name={kind}]")
    words = [
        each
        for each in select.evaluate("each => [...each.options].map(one => one.value)")
        if each
    ]
    assert len(words) >= 2
    narrowed = set()
    for word in words:
        select.select_option(word)
        found = state(watched, kind, word)
        for zone, seen in found.items():
            assert seen["wrong"] == [], (zone, word)
            if seen["shown"] < whole[zone]["shown"]:
                narrowed.add(zone)
        assert told(watched)[0] == found["findings"]["shown"]
    assert narrowed >= {"findings", "map", "flows"}


def test_the_search_leaves_what_has_all_its_words(watched: Watched) -> None:
    watched.search("OUTSCALE  volume")
    texts = [each.text_content() or "" for each in watched.found().all()]
    assert texts
    assert all("outscale" in text.lower() and "volume" in text.lower() for text in texts)
    assert told(watched)[0] == len(texts) < state(watched)["findings"]["every"]


def test_filters_and_search_hold_together(watched: Watched) -> None:
    whole = told(watched)
    watched.page.locator("select[name=verdict]").select_option("violation")
    some = told(watched)
    watched.search("amazon")
    fewer = told(watched)
    assert whole[0] > some[0] > fewer[0] > 0
    watched.search("no such thing as this")
    assert told(watched)[0] == 0
    assert watched.found().count() == 0
