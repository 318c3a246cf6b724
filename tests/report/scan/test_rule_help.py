"""The help of a policy: all there is to know of it, as Markdown and as text."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual
from sovlint.report.scan.sarif_rules import help_markdown, help_text
from tests.report.build import CLOUD_ACT, HEARSAY, POLICIES
from tests.report.readers import kinds, links, tokens, words

CONTROL = replace(
    POLICIES["health-data-under-eu-control"],
    cites=(CLOUD_ACT, HEARSAY),
    longest_waiver_days=90,
)


def headings(page: str) -> list[str]:
    found = tokens(page)
    return [
        found[at + 1].content
        for at, token in enumerate(found)
        if token.type == "heading_open"
    ]


def test_as_markdown() -> None:
    page = help_markdown(CONTROL, "en")
    assert headings(page) == ["Why", "How to comply", "How to waive it", "What it rests on"]
    assert links(page) == ["https://example.org/18-usc-2713"]
    seen = words(page)
    assert "A region in Paris may be within reach of a third state." in seen
    assert "Move the data to a provider that EU or EEA states alone can compel." in seen
    assert (
        '# sovlint: ignore[health-data-under-eu-control] until=YYYY-MM-DD reason="..."'
        in seen
    )
    assert "For 90 days at most." in seen
    assert "Doctrine, risk." in seen
    assert "18 USC 2713 (CLOUD Act) (2026-09-15)" in seen
    assert "the seat of the operator (background knowledge, no source read)" in seen


def test_as_text() -> None:
    lines = help_text(CONTROL, "fr").splitlines()
    assert lines[0] == "Pourquoi :"
    assert "Pour 90 jours au plus." in lines
    assert (
        lines[-2]
        == "- 18 USC 2713 (CLOUD Act) (15 septembre 2026) https://example.org/18-usc-2713"
    )


def test_headings_at_the_level_asked_for() -> None:
    assert help_markdown(CONTROL, "en", level=4).startswith("#### Why\n")


def test_what_cannot_be_waived_says_so_and_shows_no_comment() -> None:
    page = words(help_markdown(replace(CONTROL, waivable=False), "en"))
    assert "can't be waived" in page
    assert "ignore[" not in page


def test_what_is_empty_has_no_heading() -> None:
    bare = replace(
        CONTROL, why=Bilingual("", ""), remedy=Bilingual("", ""), rests_on=(), cites=()
    )
    assert headings(help_markdown(bare, "en")) == ["How to waive it"]
    assert help_text(bare, "en").startswith("How to waive it:\n")


def test_nothing_in_a_policy_s_text_is_markup() -> None:
    evil = "<script>x</script> [a](javascript:b) ![](http://c) @everyone\n# heading\n- item"
    cited = (Source("javascript:alert(1)", "2026-01-01", "[x](http://y) <b>"),)
    page = help_markdown(replace(CONTROL, why=Bilingual(evil, evil), cites=cited), "en")
    assert links(page) == []
    assert kinds(page) <= {"heading", "inline", "text", "text_special", "paragraph", "code_inline", "bullet_list",
                           "list_item"}  # fmt: skip
    assert len(headings(page)) == 4
