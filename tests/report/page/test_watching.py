"""What the tests of the page would see of a page with faults: each fault is on a small page, and is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import PHONE, Watched, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

SOUND = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><main><h1>A page</h1>{}</main></html>'

Look = Callable[[Watched], object]


def asked(watched: Watched) -> object:
    return watched.asked


def said(watched: Watched) -> object:
    return watched.said


def violations(watched: Watched) -> object:
    return watched.violations()


def sideways(watched: Watched) -> object:
    return watched.sideways()


@pytest.mark.parametrize(
    ("fault", "look", "seen"),
    [
        ('<img src="https://evil.test/a.png" alt="">', asked, "https://evil.test/a.png"),
        ('<img src="b.png" alt="">', asked, "b.png"),
        ("<style>@import 'https://evil.test/a.css'</style>", asked, "a.css"),
        ("<script>fetch('https://evil.test/a')</script>", asked, "https://evil.test/a"),
        ("<script>new WebSocket('wss://evil.test/a')</script>", asked, "wss://evil.test/a"),
        ("<script>window.open('about:blank')</script>", asked, "a window"),
        ("<script>alert(1)</script>", said, "dialog: 1"),
        ("<script>nothing()</script>", said, "nothing is not defined"),
        ("<script>console.warn('odd')</script>", said, "warning: odd"),
        ('<button style="color: #aaa">faint</button>', violations, "color-contrast"),
        ("<button></button>", violations, "button-name"),
        ('<p style="width: 500px">wide</p>', sideways, "118"),
    ],
)
def test_a_fault_is_seen(
    browser: Browser, tmp_path: Path, fault: str, look: Look, seen: str
) -> None:
    file = tmp_path / "a.html"
    file.write_text(SOUND.format(fault), encoding="utf-8")
    with opened(browser, file, width=PHONE) as watched:
        watched.page.wait_for_timeout(50)
        assert seen in str(look(watched))


def test_a_sound_page_has_none(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(SOUND.format("<button>plain</button>"), encoding="utf-8")
    with opened(browser, file, width=PHONE, fragment="#a") as watched:
        watched.did_nothing()
        assert (watched.violations(), watched.sideways()) == ([], 0)


def test_texts_are_those_that_people_meet(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    body = (
        "<p>shown <code>own</code></p><p hidden>not</p><p style='display:none'>nor</p><script>0</script>"
        "<input title='beside' placeholder='within'><details><summary>more</summary><p>closed</p></details>"
    )
    file.write_text(SOUND.format(body), encoding="utf-8")
    with opened(browser, file) as watched:
        texts = watched.texts()
    assert texts == [
        ("A page", False), ("shown", False), ("own", True), ("more", False), ("beside", False), ("within", False),
    ]  # fmt: skip
