"""The page by keyboard alone, for people who can't see it, on a narrow screen, in light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import DESK, LANGUAGES, PHONE, VIEWS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing(browser: Browser, page_of: PageOf, width: int) -> None:
    """Nor in anything that can be opened; contrast, which takes seconds to measure, is looked at below."""
    found = {}
    with opened(browser, page_of("insurer"), width=width) as watched:
        for view in VIEWS:
            watched.show(view)
            watched.open_everything()
            found[view] = watched.violations(contrast=False)
        assert found == {view: [] for view in VIEWS}
        watched.did_nothing()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_contrast_enough(browser: Browser, page_of: PageOf, scheme: str) -> None:
    found = {}
    with opened(browser, page_of("insurer"), scheme=scheme) as watched:
        for view in VIEWS:
            watched.show(view)
            watched.open_one_of_each()
            found[view] = watched.violations(contrast=True)
    assert found == {view: [] for view in VIEWS}


@pytest.mark.parametrize("name", ["insurer", "large", "hostile"])
def test_nothing_is_wider_than_a_phone(browser: Browser, page_of: PageOf, name: str) -> None:
    with opened(browser, page_of(name), width=PHONE) as watched:
        for language in LANGUAGES:
            watched.speak(language)
            for view in VIEWS:
                watched.show(view)
                if name != "large":
                    watched.open_everything()
                assert watched.sideways() == 0, (language, view)


def test_dark_and_light_differ(browser: Browser, page_of: PageOf) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        with opened(browser, page_of("insurer"), scheme=scheme) as watched:
            grounds[scheme] = watched.page.evaluate(
                "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
            )
    assert min(grounds["light"]) > 200
    assert max(grounds["dark"]) < 60


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
def test_colours_can_be_chosen(
    browser: Browser, page_of: PageOf, system: str, chosen: str
) -> None:
    with opened(browser, page_of("insurer"), scheme=chosen) as watched:
        wanted = watched.colours()
    with opened(browser, page_of("insurer"), scheme=system) as watched:
        watched.page.locator("#theme").select_option(chosen)
        assert watched.colours() == wanted


CONTROLS = """() => {
    const which = 'a[href], button, select, input, textarea, summary, [tabindex="0"]';
    window.controls = [...document.querySelectorAll(which)].filter(each =>
        each.checkVisibility({checkVisibilityCSS: true}) && !each.closest('[display=none]')
        && !each.disabled && each.tabIndex >= 0);
    window.reached = new Set();
    document.addEventListener('focusin', event => window.reached.add(event.target));
    return controls.length;
}"""
UNREACHED = (
    "controls.filter(each => !reached.has(each)).map(each => each.outerHTML.slice(0, 200))"
)
UNMARKED = """() => {
    const each = document.activeElement, style = getComputedStyle(each);
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
    return marked || each === document.body ? '' : each.outerHTML.slice(0, 200);
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_a_keyboard_reaches_every_control(
    browser: Browser, page_of: PageOf, view: str
) -> None:
    with opened(browser, page_of("insurer")) as watched:
        watched.show(view)
        watched.page.evaluate("document.activeElement.blur()")
        count = watched.page.evaluate(CONTROLS)
        assert 5 < count < 1500
        unmarked = []
        for at in range(count + 2):
            watched.page.keyboard.press("Tab")
            if at < 60:
                unmarked.append(watched.page.evaluate(UNMARKED))
        assert watched.page.evaluate(UNREACHED) == []
        assert set(unmarked) == {""}


def test_a_keyboard_opens_a_finding(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        finding = watched.page.locator("#findings article").first
        summary = finding.locator("summary").first
        details = finding.locator("details").first
        summary.focus()
        before = details.evaluate("each => each.open")
        watched.page.keyboard.press("Enter")
        assert details.evaluate("each => each.open") is not before
        watched.page.keyboard.press("Enter")
        assert details.evaluate("each => each.open") is before


def test_a_keyboard_changes_view_and_language_and_opens_a_group(
    browser: Browser, page_of: PageOf
) -> None:
    with opened(browser, page_of("insurer")) as watched:
        page = watched.page
        page.locator('#views a[href="#view-board"]').focus()
        page.keyboard.press("Enter")
        page.locator("#view-board").wait_for(state="visible")
        page.locator('#views a[href="#view-engineer"]').focus()
        page.keyboard.press("Enter")
        page.locator("#view-engineer").wait_for(state="visible")
        page.locator("#language").focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.documentElement.lang") == "fr"
        group = page.locator("#flows [data-opens]:visible").first
        opens = group.get_attribute("data-opens")
        group.focus()
        page.keyboard.press("Enter")
        assert page.locator(f'#flows [data-view="{opens}"]:visible').count() == 1
