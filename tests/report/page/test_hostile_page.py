"""A repository that wants to speak through the page: nothing of it does anything, and all of it is shown as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sovlint.model.redaction.redact import printable
from tests.report.page.browser import DESK, LANGUAGES, PHONE, VIEWS, Watched, opened
from tests.report.page.hostile import EVIL, LONG, MARK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]

MADE = """mark => {
    const every = [...document.querySelectorAll('*')], wrong = [];
    const elements = /^(IFRAME|FRAME|OBJECT|EMBED|APPLET|BASE|LINK|IMG|IMAGE|FOREIGNOBJECT)$/;
    const addresses = /^(xlink:)?(href|src|action|formaction|data|poster)$/i;
    for (const each of every) {
        const name = each.tagName.toUpperCase();
        if (elements.test(name) || name.startsWith(mark.toUpperCase())) wrong.push(each.outerHTML.slice(0, 200));
        if (name === 'META' && /refresh/i.test(each.httpEquiv)) wrong.push(each.outerHTML);
        for (const {name: key, value} of each.attributes) {
            const acts = /^(on.*|style|autofocus|srcdoc)$/i.test(key) || key === mark;
            const leads = addresses.test(key) && !/^(#|https:\\/\\/)/.test(value);
            const astray = addresses.test(key) && /evil/.test(value);
            if (acts || leads || astray) wrong.push(`${key}=${value}`);
        }
    }
    return wrong;
}"""
"""Elements and attributes that no page of ours has."""
CENSUS = (
    "[document.scripts.length, document.querySelectorAll('style').length, document.title]"
)


@pytest.fixture(scope="module", params=[DESK, PHONE])
def hostile(
    request: pytest.FixtureRequest, browser: Browser, page_of: PageOf
) -> Iterator[Watched]:
    with opened(browser, page_of("hostile"), width=request.param) as watched:
        yield watched


def everything(watched: Watched) -> Iterator[str]:
    """Go through all that there is, in both languages."""
    for language in LANGUAGES:
        watched.speak(language)
        for view in VIEWS:
            watched.show(view)
            watched.open_everything()
            yield f"{language} {view}"


def test_nothing_of_it_does_anything(hostile: Watched) -> None:
    for where in everything(hostile):
        assert hostile.page.evaluate(MADE, MARK) == [], where
        assert not hostile.page.evaluate("mark => mark in window", MARK), where
        assert hostile.sideways() == 0, where
    hostile.page.mouse.move(300, 300)
    hostile.page.wait_for_timeout(100)
    hostile.did_nothing()


def test_it_has_the_scripts_of_any_page(
    browser: Browser, hostile: Watched, page_of: PageOf
) -> None:
    hostile.speak("en")
    with opened(browser, page_of("insurer")) as watched:
        assert hostile.page.evaluate(CENSUS)[:2] == watched.page.evaluate(CENSUS)[:2]
    assert MARK not in hostile.page.title()


@pytest.mark.parametrize("name", EVIL)
def test_it_is_shown_as_text(hostile: Watched, name: str) -> None:
    text = hostile.page.locator("body").text_content() or ""
    assert printable(EVIL[name])[:60] in text
    assert not {"\u202e", "\u2066", "\u200b", "\x1b", "\x00"} & set(text)


def test_no_template_is_reckoned(hostile: Watched) -> None:
    text = hostile.page.locator("body").text_content() or ""
    assert "{{7*7}}" in text
    assert "{{49}}" not in text
    assert "49{% raw" not in text


def test_what_is_long_is_cut(hostile: Watched, page_of: PageOf) -> None:
    text = hostile.page.locator("body").text_content() or ""
    assert LONG[:100] in text
    assert LONG not in text
    assert page_of("hostile").stat().st_size < 3_000_000


@pytest.mark.parametrize(
    "name", ["prototype", "constructor", "selector", "image", "template"]
)
def test_it_can_be_searched_and_filtered_for(hostile: Watched, name: str) -> None:
    hostile.show("engineer")
    hostile.search(printable(EVIL[name]))
    assert hostile.found().count() > 0
    hostile.search("")
    select = hostile.page.locator("select[name=root]")
    words = [
        each
        for each in select.evaluate(
            "each => [...each.options].map(one => [one.value, one.text])"
        )
        if printable(EVIL[name]) in each[1]
    ]
    for word, _ in words:
        select.select_option(word)
        assert hostile.found().count() > 0
    select.select_option("")
    hostile.did_nothing()
