"""Text in Markdown: an independent renderer must show it as it is, and make nothing else of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sovlint.model.redaction.redact import printable
from sovlint.report.pieces import markup
from tests.report.readers import kinds, links, words

TABLE = {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "inline",
    "text",
    "text_special",
    "code_inline",
}
LIST = {
    "bullet_list",
    "list_item",
    "paragraph",
    "inline",
    "text",
    "text_special",
    "code_inline",
}

anything = st.text(max_size=40) | st.text(
    st.sampled_from("`|\\[]()<>!*_~#@:/.-+1 a&;$^{}\"'=w\u00a0\u202e\n\thps"), max_size=30
)

NASTY = [
    "[x](javascript:alert(1))", "![](http://evil)", "<script>alert(1)</script>", "<img src=x>", "@everyone", "a@b.fr",
    "#123", "owner/repo#1", "GH-12", "!12", "%1", "~x", "&4", "$1", "^x", ":smile:", "https://evil.test/x",
    "www.evil.test", "mailto:a@b.fr", "# heading", "- item", "1. item", "1) item", "+ item", "> quote", "| a | b |",
    "--- | ---", "```", "~~~", "``", "`", "\\`x`", "\\", "\\|", "a\\|b", "`a`|`b`", "**b**", "__b__", "~~s~~", "***",
    "---", "===", "&lt;b&gt;", "&#60;", "[ref]: http://evil", "[^1]", "- [ ] x", "a  ", "    code", "\u202e",
    "\x1b[31m", "a\nb", "<!-- x", "]]>", "$$x$$", "{+ x +}", "[[_TOC_]]",
]  # fmt: skip


def as_shown(words: str) -> str:
    return printable(words).strip()


@given(anything)
@example("`")
@example("\\|")
@example("| `|` \\")
def test_a_cell_shows_its_text_and_nothing_else(given: str) -> None:
    for made in (markup.text(given), markup.code(given)):
        page = "\n".join(markup.table(["h"], [[made, "end"]]))
        assert page.count("\n") == 2
        assert kinds(page) <= TABLE
        narrow = "\n".join(markup.table(["h"], [[made]]))
        assert words(narrow).removeprefix("h").strip() == as_shown(given)


@given(anything)
def test_an_item_of_a_list_shows_its_text_and_nothing_else(given: str) -> None:
    for made in (markup.text(given), markup.code(given)):
        assert kinds(f"- {made}") <= LIST
        assert words(f"- {made}").strip() == as_shown(given)


@given(anything)
def test_prose_shows_all_but_its_backquotes(given: str) -> None:
    page = f"- {markup.prose(given)}"
    assert kinds(page) <= LIST
    assert "".join(words(page).replace("`", "").split()) == "".join(
        as_shown(given).replace("`", "").split()
    )


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "made", [markup.text, markup.prose, markup.code], ids=["text", "prose", "code"]
)
def test_nothing_comes_of(made: object, nasty: str) -> None:
    ready = made(nasty)  # type: ignore[operator]
    for page in (
        ready,
        f"- {ready}",
        f"> {ready}",
        f"## {ready}",
        "\n".join(markup.table(["h"], [[ready]])),
    ):
        assert links(page) == []
        assert not kinds(page) & {
            "html_inline",
            "html_block",
            "em",
            "strong",
            "s",
            "fence",
            "code_block",
            "hr",
        }


@pytest.mark.parametrize(
    ("written", "apart"),
    [("@name", "@"), ("#12", "#"), ("!12", "!"), ("$1", "$"), ("%2", "%"), ("~a", "~"), ("&3", "&"), ("^a", "^"),
     ("https://a", ":"), (":x:", ":"), ("www.a", "www"), ("GH-1", "GH")],
)  # fmt: skip
def test_what_servers_look_for_in_the_finished_page_is_not_there(
    written: str, apart: str
) -> None:
    assert f"{apart}{markup.JOINER}" in markup.text(written).replace("\\", "")


def test_code_is_copied_as_it_stands() -> None:
    assert markup.code('a["b`c"]') == '``a["b`c"]``'
    assert markup.code("`x`") == "`` `x` ``"
    assert markup.code("@name, #12") == "`@name, #12`"
    assert markup.code(" ") == ""


def test_prose_keeps_code_and_takes_an_odd_backquote_for_one() -> None:
    assert markup.prose("`var.x` has no_value") == r"`var.x` has no\_value"
    assert markup.prose("a ` b") == r"a \` b"


def test_a_link_leads_where_it_says_or_nowhere() -> None:
    assert links(markup.link("a [b](http://evil)", "https://example.org/a_(b)?c=d&e")) == [
        "https://example.org/a_(b)?c=d&e"
    ]
    for wrong in (
        "javascript:alert(1)",
        "https://a b",
        "https://a>b",
        "https://a\n",
        "",
        "//x",
        "https://a\u202e",
    ):
        assert links(markup.link("words", wrong)) == []
        assert words(markup.link("words", wrong)) == "words"


@given(anything, st.integers(1, 30))
def test_prose_cut_to_length_is_prose_all_the_same(given: str, longest: int) -> None:
    ready = markup.prose_within(given, longest)
    assert len(ready) <= longest
    assert kinds(f"- {ready}") <= LIST


def test_words_are_cut_in_characters() -> None:
    assert (markup.short("abc", 3), markup.short("abcd", 3)) == ("abc", "ab…")
    assert len(markup.short("e\u0301" * 999, 10)) == 10
