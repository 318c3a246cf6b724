"""Debian's Chromium, driven by Playwright: a page of a file is opened, watched, and asked what people see of it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
DESK, PHONE = 1440, 390
"""Widths, in pixels."""
HEIGHTS = {DESK: 900, PHONE: 844}
VIEWS = ("engineer", "dpo", "auditor", "board")
LANGUAGES = ("en", "fr")


@dataclass
class Watched:
    """A page, and everything that it did besides being shown."""

    page: Page
    said: list[str] = field(default_factory=list)
    """Errors, warnings and dialogs."""
    asked: list[str] = field(default_factory=list)
    """Requests for anything but the page itself, and windows that it opened."""

    def did_nothing(self) -> None:
        """Nothing was asked for, and nothing went wrong."""
        assert self.said == []
        assert self.asked == []

    def show(self, view: str) -> None:
        """Change to one of the four views, as people do."""
        self.page.locator(f'[aria-controls="view-{view}"]').click()
        self.page.locator(f"#view-{view}").wait_for(state="visible")

    def speak(self, language: str) -> None:
        """Change the language, as people do."""
        self.page.locator("#language").select_option(language)

    def follow(self, fragment: str) -> None:
        """Go to a place on the page, as a link does; until the page has answered."""
        self.page.evaluate(
            """fragment => new Promise(done => {
                addEventListener('hashchange', () => setTimeout(done), {once: true});
                const before = location.href;
                location.hash = fragment;
                if (location.href === before) done();
            })""",
            fragment,
        )

    def search(self, words: str) -> None:
        """Search for words; the page waits for more of them before it looks."""
        self.page.locator("#search").fill(words)
        self.page.evaluate(
            "new Promise(done => setTimeout(done, 200))"
        )  # after the page's own

    def found(self) -> Locator:
        """The findings that are shown."""
        return self.page.locator("#findings .finding:visible")

    def open_everything(self) -> None:
        """Open all that is closed."""
        self.page.evaluate(
            "document.querySelectorAll('details').forEach(each => each.open = true)"
        )

    def open_one_of_each(self) -> None:
        """Open the first of each kind of what is closed."""
        self.page.evaluate("""() => {
            const kinds = new Map([...document.querySelectorAll('details')].reverse().map(each =>
                [each.parentElement.className, each]));
            kinds.forEach(each => each.open = true);
        }""")

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def violations(self, *, contrast: bool | None = None) -> list[str]:
        """What axe-core finds wrong: the rule, and the elements. ``contrast``: by that rule alone, or by all others."""
        from axe_playwright_python.sync_playwright import Axe

        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if contrast:
            options["runOnly"] = {"type": "rule", "values": ["color-contrast"]}
        if contrast is False:
            options["rules"] = {"color-contrast": {"enabled": False}}
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {[node['html'][:200] for node in rule['nodes'][:3]]}"
            for rule in found
        ]

    def colours(self) -> list[str]:
        """The colours of all that is shown."""
        return [str(each) for each in self.page.evaluate(COLOURS)]

    def texts(self) -> list[tuple[str, bool]]:
        """Texts that can be seen or are read aloud, in order; and whether each is somebody's own words, or code."""
        return [(text, own) for text, own in self.page.evaluate(TEXTS)]


COLOURS = """() => [...document.querySelectorAll('main, main *')].filter(each => each.checkVisibility()).map(each => {
    const style = getComputedStyle(each);
    return [style.color, style.backgroundColor, style.borderTopColor, style.fill, style.stroke].join(' ');
})"""

TEXTS = """() => {
    const found = [], own = 'code, pre, kbd, samp, q, blockquote, [translate=no]';
    const seen = each =>
        (each.closest('svg, select') || each).checkVisibility({checkVisibilityCSS: true, checkOpacity: true});
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const around = node.parentElement, text = node.data.replace(/\\s+/g, ' ').trim();
        const written = !['SCRIPT', 'STYLE'].includes(around.tagName);
        if (text && written && seen(around))
            found.push([text, !!around.closest(own)]);
    }
    const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'];
    for (const each of document.querySelectorAll('body *'))
        for (const name of attributes)
            if (each.getAttribute(name) && seen(each))
                found.push([each.getAttribute(name), !!each.closest(own)]);
    return found;
}"""
"""Text nodes that are visible, and attributes that are read aloud or shown beside a pointer."""


_SPARE: defaultdict[tuple[object, ...], list[BrowserContext]] = defaultdict(list)
"""Windows that no page is in, by their browser and settings: making one takes half as long as a page does, and a page
leaves nothing in it."""


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = DESK,
    scheme: str = "light",
    fragment: str = "",
    **more: Any,
) -> Iterator[Watched]:
    """The page of a file in a window of its own, without a network."""
    spare = _SPARE[browser, width, scheme, *more.items()]
    window = (
        spare.pop()
        if spare
        else browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            offline=True,
            **more,
        )
    )
    page = window.new_page()
    watched = Watched(page)

    def guard(route: Route) -> None:
        if route.request.url.partition("#")[0] == file.as_uri():
            route.continue_()
        else:
            route.abort()

    def asks(url: str) -> None:
        if url.partition("#")[0] != file.as_uri():
            watched.asked.append(url)

    def requests(request: Request) -> None:
        asks(request.url)

    def opens(other: Page) -> None:
        watched.asked.append(f"a window: {other.url}")

    window.route("**/*", guard)
    window.on("request", requests)
    window.on("page", opens)
    page.on("framenavigated", lambda frame: asks(frame.url))
    page.on("websocket", lambda socket: asks(socket.url))
    page.on("pageerror", lambda error: watched.said.append(f"error: {error}"))
    page.on("console", lambda message: watched.said.append(f"{message.type}: {message.text}"))

    def dismiss(dialog: Any) -> None:
        watched.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        page.goto(file.as_uri() + fragment)
        yield watched
    finally:
        window.remove_listener("page", opens)
        window.remove_listener("request", requests)
        for each in window.pages:
            each.close()
        window.unroute_all()
        spare.append(window)
