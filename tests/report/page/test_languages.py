"""One page in two languages: whatever can be read or is read aloud changes, but names, code and people's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.report.page.browser import VIEWS, Watched, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.program, pytest.mark.oracle]

PageOf = Callable[[str], Path]
ENGLISH = """
    the of is are and with that by not which from what this it for to be was has have its an where who all unknown
    shown known findings company companies law laws state states country countries because
"""
FRENCH = """
    le la les des du une un est sont dans avec par pour sur qui ou et au aux ne pas que ce cette il elle inconnu inconnue
    pays loi lois société sociétés constats droit
"""
WORDS = {"en": frozenset(ENGLISH.split()), "fr": frozenset(FRENCH.split())}
"""Words that every sentence has some of, and that the other language doesn't have."""


OWN = (
    "data protection officer",
    "contract 2026-114, annex 3: HDS option ordered for the project",
)
"""What the insurer says of itself, in sentences of ours."""


def of(language: str, text: str) -> set[str]:
    """Words of a language in a text. Addresses on the web, codes such as ``IT`` and the insurer's own words aren't."""
    for own in OWN:
        text = text.replace(own, "")
    words = re.findall(r"\w+", re.sub(r"https?://\S+", "", text))
    return WORDS[language] & {word.lower() for word in words if not word.isupper()}


def seen(watched: Watched, language: str) -> list[tuple[str, bool]]:
    """All texts of all views in a language."""
    watched.speak(language)
    assert watched.page.evaluate("document.documentElement.lang") == language
    found = [(watched.page.title(), False)]
    for view in VIEWS:
        watched.show(view)
        watched.open_everything()
        found += watched.texts()
    return found


def test_no_text_is_left_in_the_other_language(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        texts = {language: seen(watched, language) for language in ("en", "fr", "en")}
        watched.did_nothing()
    both = {text for text, own in texts["en"] if not own} & {
        text for text, own in texts["fr"] if not own
    }
    for language, other in (("en", "fr"), ("fr", "en")):
        assert {text for text in both if of(language, text)} == set()
        assert {
            text for text, own in texts[other] if not own and len(of(language, text)) > 1
        } == set()
    assert len(texts["en"]) == len(texts["fr"]) > 500


def test_the_language_asked_for_is_there_at_once(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        assert watched.page.evaluate("document.documentElement.lang") == "en"
        assert watched.page.locator("#language").input_value() == "en"


def test_what_is_filtered_stays_so(browser: Browser, page_of: PageOf) -> None:
    with opened(browser, page_of("insurer")) as watched:
        watched.page.locator("select[name=verdict]").select_option("violation")
        before = watched.found().count()
        watched.speak("fr")
        assert watched.found().count() == before
        assert watched.page.locator("select[name=verdict]").input_value() == "violation"
