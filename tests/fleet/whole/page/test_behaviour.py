"""The page in Debian's Chromium: filters, lists of which only what is in sight is drawn, details; and without a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fleet.whole.page.views import COUNT, HOSTILE
from tests.report.page.browser import DESK, PHONE, VIEWS, Watched, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

ROWS = "#list-repositories tbody tr[aria-rowindex]"
CHOOSE = """([name, text]) => {
    const select = document.getElementById(name);
    select.value = [...select.options].find(each => each.textContent === text).value;
    select.dispatchEvent(new Event('change', {bubbles: true}));
}"""


def choose(watched: Watched, name: str, text: str) -> None:
    """Choose an option of a filter by what it says."""
    watched.page.evaluate(CHOOSE, [f"filter-{name}", text])


def counted(watched: Watched, name: str) -> str:
    """How many rows a list says that it has."""
    return watched.page.locator(f"#count-{name}").inner_text()


def column(watched: Watched, name: str, number: int = 1) -> list[str]:
    """What stands in a column of a list, as far as it is drawn."""
    return watched.page.locator(
        f"#list-{name} tbody tr[aria-rowindex] > :nth-child({number})"
    ).all_inner_texts()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing(browser: Browser, page: Path, width: int) -> None:
    """In any view and with details open; nothing is wider than the window, and nothing is asked for."""
    with opened(browser, page, width=width) as watched:
        for view in VIEWS:
            watched.show(view)
            assert watched.violations(contrast=False) == [], view
            assert watched.sideways() == 0, view
        watched.show("engineer")
        watched.page.locator(f"{ROWS} a").first.click()
        watched.page.locator("#detail").wait_for(state="visible")
        # A link of the details that is scrolled out of sight is taken for one that skips.
        found = watched.violations(contrast=False)
        assert [each for each in found if not each.startswith("skip-link")] == []
        watched.did_nothing()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_contrast_enough(browser: Browser, page: Path, scheme: str) -> None:
    with opened(browser, page, scheme=scheme) as watched:
        for view in ("board", "auditor", "engineer"):
            watched.show(view)
            assert watched.violations(contrast=True) == [], view


def test_filters(browser: Browser, page: Path) -> None:
    """361 were read, 181 of them with AWS; teams 0 and 2 have all that is with AWS, but for the one that speaks."""
    with opened(browser, page, fragment="#view-auditor") as watched:
        assert counted(watched, "repositories") == f"Rows: {COUNT}."
        choose(watched, "company", "Amazon Web Services")
        assert counted(watched, "repositories") == "Rows: 200."
        assert column(watched, "companies") == ["Amazon Web Services"]
        choose(watched, "team", "@m/team-2")
        assert counted(watched, "repositories") == "Rows: 100."
        assert column(watched, "companies", 4) == ["100"]
        assert column(watched, "findings", 7) == ["200"]
        address = watched.page.evaluate("location.hash")
        choose(watched, "team", "@m/team-1")
        assert counted(watched, "repositories") == "Nothing fits the filters."
        watched.page.locator("#reset").click()
        choose(watched, "verdict", "couldn't be read")
        assert counted(watched, "repositories") == "Rows: 39."
        watched.page.locator("#reset").click()
        choose(watched, "state", "United States")
        assert counted(watched, "repositories") == "Rows: 200."
        watched.page.locator("#reset").click()
        watched.search("r-10 TEAM-2")
        assert column(watched, "repositories") == ["g/r-102", "g/r-106"]
        watched.search("scaleway")
        assert counted(watched, "repositories") == "Rows: 161."
        assert column(watched, "companies") == ["Scaleway"]
        watched.did_nothing()
    with opened(browser, page, fragment=address) as watched:
        assert counted(watched, "repositories") == "Rows: 100."
        assert watched.page.locator("#view-auditor").is_visible()


def test_only_what_is_in_sight_is_drawn(browser: Browser, page: Path) -> None:
    """All can be scrolled to, by keyboard as well, and sorted."""
    with opened(browser, page, fragment="#view-engineer") as watched:
        tab = watched.page
        assert tab.locator(ROWS).count() < 60
        window = tab.locator("#list-repositories")
        window.evaluate("each => each.scrollTop = each.scrollHeight")
        tab.locator(f'{ROWS}[aria-rowindex="{COUNT + 1}"]').wait_for()
        assert tab.locator(ROWS).count() < 60
        window.evaluate("each => each.scrollTop = 0")
        tab.locator(f'{ROWS}[aria-rowindex="2"] a').focus()
        for _ in range(30):
            tab.keyboard.press("ArrowDown")
        focused = "document.activeElement.closest('tr').ariaRowIndex"
        assert tab.evaluate(focused) == "32"
        assert tab.evaluate("""() => {
            const row = document.activeElement.getBoundingClientRect();
            const window = document.getElementById('list-repositories').getBoundingClientRect();
            return row.top >= window.top && row.bottom <= window.bottom + 1;
        }""")
        tab.locator('#list-repositories th[data-key="fresh"] button').click()
        assert column(watched, "repositories", 6)[0] == "3"
        assert tab.locator('#list-repositories th[aria-sort="descending"]').count() == 1


def test_details_of_a_repository(browser: Browser, page: Path) -> None:
    """They have an address; whatever a name says is text."""
    with opened(browser, page, fragment="#repository-g%2Fr-002") as watched:
        tab = watched.page
        detail = tab.locator("#detail")
        text = detail.inner_text()
        for each in (
            "g/r-002",
            "@m/team-2",
            "Health data stays in the EEA",
            "main.tf:2",
            "Amazon Web Services",
            "g/r-006",
        ):
            assert each in text, each
        watched.page.evaluate("document.getElementById('detail').close()")
        watched.show("engineer")
        watched.search("script")
        tab.locator(f"{ROWS} a").first.click()
        detail.wait_for(state="visible")
        assert HOSTILE in detail.inner_text()
        tab.keyboard.press("Escape")
        assert not detail.is_visible()
        watched.did_nothing()


def test_it_speaks_french(browser: Browser, page: Path) -> None:
    with opened(browser, page, fragment="#view-engineer") as watched:
        watched.speak("fr")
        assert watched.page.title() == "Où vont les données de tous les dépôts"
        assert column(watched, "findings", 2)[0] == "Les données de santé restent dans l'EEE"
        assert counted(watched, "repositories") == f"Lignes : {COUNT}."
        for text, own in watched.texts():
            assert own or not {"the", "repositories", "of"} & set(text.casefold().split()), (
                text
            )
            assert "{" not in text


def test_without_script_the_worst_are_there(browser: Browser, page: Path) -> None:
    with opened(browser, page, java_script_enabled=False) as watched:
        for name, count in (("repositories", 200), ("companies", 2)):
            rows = watched.page.locator(f"#{name} .static tbody tr:visible")
            assert rows.count() == count
        assert not watched.page.locator("#filters").is_visible()
        assert watched.page.locator("#view-board").is_visible()


def test_on_paper_rows_follow_each_other(browser: Browser, page: Path) -> None:
    with opened(browser, page, fragment="#view-engineer") as watched:
        watched.page.emulate_media(media="print")
        watched.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert watched.page.locator(ROWS).count() == COUNT
        watched.page.emulate_media(media="screen")
        watched.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert watched.page.locator(ROWS).count() < 60
