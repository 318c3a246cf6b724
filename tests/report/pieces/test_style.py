"""Widths, wrapping and colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.report.pieces.style import Style, columns_of, cut, pad, wrap


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("日本", 4), ("", 0)]
)
def test_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns


def test_wrap_indents_and_never_breaks_a_word() -> None:
    lines = wrap(
        "one two three https://example.org/a/very/long/address four", 20, "* ", "    "
    )
    assert lines == [
        "* one two three",
        "    https://example.org/a/very/long/address",
        "    four",
    ]


def test_french_punctuation_never_begins_a_line() -> None:
    assert wrap("aaaa bbbb : cccc", 10) == ["aaaa", "bbbb\u00a0:", "cccc"]


def test_a_command_stays_on_one_line() -> None:
    assert wrap("or see `sovlint explain` for more", 20) == [
        "or see",
        "`sovlint explain`",
        "for more",
    ]


@given(st.lists(st.text("abcdé", min_size=1, max_size=9), min_size=1), st.integers(20, 100))
def test_short_words_always_fit(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width, "> ", "  ")
    assert max(map(columns_of, lines)) <= width
    assert " ".join(lines).split() == [">", *words]


def test_cut_and_pad_count_columns() -> None:
    assert cut("日本語", 5) == "日本…"
    assert cut("abc", 3) == "abc"
    assert pad("日", 4) == "日  "


def test_colours_and_links_only_where_asked_for() -> None:
    plain, rich = Style(False, 80), Style(True, 80, links=True)
    assert plain.paint("x", "error") == "x"
    assert rich.paint("x", "error") == "\x1b[1;31mx\x1b[0m"
    assert plain.link("https://a") == "https://a"
    assert rich.link("https://a") == "\x1b]8;;https://a\x1b\\https://a\x1b]8;;\x1b\\"
