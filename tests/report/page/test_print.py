"""On paper: no controls, nothing closed, and the board's page is one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import LANGUAGES, VIEWS, Watched, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]


def pages(watched: Watched) -> int:
    """How many sheets of A4 it is."""
    return len(re.findall(rb"/Type\s*/Page\b", watched.page.pdf(format="A4")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["insurer", "large"])
def test_the_boards_page_is_one_page(
    browser: Browser, page_of: PageOf, name: str, language: str
) -> None:
    with opened(browser, page_of(name)) as watched:
        watched.speak(language)
        watched.show("board")
        assert pages(watched) == 1
        watched.did_nothing()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_view_and_no_controls(
    browser: Browser, page_of: PageOf, scheme: str
) -> None:
    with opened(browser, page_of("insurer"), scheme=scheme) as watched:
        for view in VIEWS:
            watched.page.emulate_media(media="screen")
            watched.show(view)
            watched.page.emulate_media(media="print")
            assert watched.page.locator(f"#view-{view}").is_visible(), view
            for control in ("#search", "#language", "select", "button"):
                assert watched.page.locator(f"{control}:visible").count() == 0, (
                    view,
                    control,
                )
            ground = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), view
        watched.did_nothing()


@pytest.mark.parametrize("view", ["engineer", "board"])
def test_paper_is_the_same_from_a_dark_screen(
    browser: Browser, page_of: PageOf, view: str
) -> None:
    colours = []
    for scheme in ("light", "dark"):
        with opened(browser, page_of("insurer"), scheme=scheme) as watched:
            watched.show(view)
            watched.page.emulate_media(media="print")
            colours.append(watched.colours())
    assert colours[0] == colours[1]
