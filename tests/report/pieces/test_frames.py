"""Frames, row by row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sovlint.model.source import Span
from sovlint.report.pieces.frames import Mark, render
from sovlint.report.pieces.style import Style, columns_of

PLAIN = Style(False, 80)


def frame(
    source: str | None, *marks: tuple[int, int, str], width: int = 80, line: int = 7
) -> list[str]:
    """The rows below the header for one source line; marks are (column, end column, label), the first primary."""
    spans = [
        Mark(Span("a.tf", line, start, line, end), label, n == 0)
        for n, (start, end, label) in enumerate(marks)
    ]
    return render(
        spans,
        {("a.tf", line): source} if source is not None else {},
        "en",
        Style(False, width),
    )[1:]


def test_the_header_names_path_line_and_column() -> None:
    marks = [
        Mark(Span("a.tf", 7, 3, 7, 9), "here", True),
        Mark(Span("b.tf", 120, 2, 120, 3), "there"),
    ]
    assert render(marks, {("a.tf", 7): "  region", ("b.tf", 120): "xy"}, "en", PLAIN) == [
        "   --> a.tf:7:3",
        "  7 |   region",
        "    |   ^^^^^^ here",
        "   ::: b.tf:120:2",
        "120 | xy",
        "    |  - there",
    ]


def test_lines_of_a_file_come_in_order() -> None:
    marks = [
        Mark(Span("a.tf", line, 1, line, 2), f"m{line}", line == 5) for line in (5, 1, 2)
    ]
    rows = render(marks, {("a.tf", line): str(line) for line in (1, 2, 5)}, "en", PLAIN)
    assert rows == [" --> a.tf:5:1", "1 | 1  <-- m1", "2 | 2  <-- m2", "5 | 5", "  | ^ m5"]


def secondary(source: str, *marks: tuple[int, int, str], width: int = 80) -> list[str]:
    spans = [Mark(Span("a.tf", 7, start, 7, end), label) for start, end, label in marks]
    return render(spans, {("a.tf", 7): source}, "en", Style(False, width))[1:]


def test_what_led_there_stands_beside_a_line_that_begins_with_it() -> None:
    assert secondary("  tags = {", (3, 11, "declared here")) == [
        "7 |   tags = {  <-- declared here"
    ]
    assert secondary("  tags: x", (3, 7, "declared here")) == [
        "7 |   tags: x  <-- declared here"
    ]


def test_what_led_there_is_underlined_within_a_line() -> None:
    assert secondary("a = b", (5, 6, "here")) == ["7 | a = b", "  |     - here"]


def test_what_led_there_is_underlined_where_it_does_not_fit_beside() -> None:
    source = "a" * 12
    assert secondary(source, (1, 13, "x" * 19), width=41) == [f"7 | {source}  <-- {'x' * 19}"]
    assert secondary(source, (1, 13, "x" * 20), width=41) == [
        f"7 | {source}",
        f"  | {'-' * 12} {'x' * 20}",
    ]


def test_marks_of_one_stretch_share_a_row() -> None:
    assert secondary("a: b", (1, 2, "one"), (1, 2, "two"), (1, 2, "one")) == [
        "7 | a: b  <-- one; two"
    ]


def test_a_long_underline_gives_way_to_its_label() -> None:
    source = "x" * 30
    rows = frame(source, (1, 31, "a label of some words"), width=44)
    assert rows == [f"7 | {source}", "  | " + "^" * 18 + " a label of some words"]


def test_a_tab_is_four_columns() -> None:
    assert frame("\tregion\t= x", (2, 8, "here")) == [
        "7 |     region    = x",
        "  |     ^^^^^^ here",
    ]


def test_wide_characters_are_underlined_whole() -> None:
    assert frame("a 日本 b", (3, 5, "here")) == ["7 | a 日本 b", "  |   ^^^^ here"]


def test_several_marks_on_one_line_have_a_row_each() -> None:
    assert frame("a = b", (1, 2, "one"), (5, 6, "two")) == [
        "7 | a = b",
        "  | ^ one",
        "  |     - two",
    ]


def test_a_mark_over_several_lines_goes_to_the_end_of_the_first() -> None:
    mark = Mark(Span("a.tf", 7, 3, 12, 2), "here", True)
    assert render([mark], {("a.tf", 7): "  block {  "}, "en", PLAIN)[1:] == [
        "7 |   block {",
        "  |   ^^^^^^^ here",
    ]


def test_a_label_that_does_not_fit_goes_below() -> None:
    assert frame("x" * 30, (1, 31, "a label of some words"), width=40) == [
        "7 | " + "x" * 30, "  | " + "^" * 30, "  | a label of some words",
    ]  # fmt: skip


def test_a_long_line_is_cut_around_its_mark() -> None:
    source = "a" * 100 + "TARGET" + "b" * 100
    text, under = frame(source, (101, 107, "here"), width=60)
    assert text == "7 | …" + "a" * 8 + "TARGET" + "b" * 40 + "…"
    assert under.index("^") == text.index("TARGET")
    assert under.count("^") == 6


def test_a_line_that_was_masked_is_underlined_whole() -> None:
    source = '  url = "https://***@host/x"'
    assert frame(source, (9, 40, "here")) == [f"7 | {source}", "  |   " + "^" * 26 + " here"]


def test_secrets_and_escapes_of_a_source_line_are_not_shown() -> None:
    (text, *_) = frame('password = "hunter2" \x1b[2J', (1, 9, "here"))
    assert text == '7 | password = "***" \\x1b[2J'


def test_a_line_that_is_not_quoted_has_its_number_and_label() -> None:
    assert frame(None, (1, 2, "here")) == ["7 | here"]


def test_a_path_with_escapes_is_shown_as_text() -> None:
    rows = render([Mark(Span("a\x1b.tf", 1, 1, 1, 2), "x", True)], {}, "en", PLAIN)
    assert rows[0] == " --> a\\x1b.tf:1:1"


@given(
    st.text(st.characters(codec="utf-8"), max_size=300),
    st.integers(1, 320),
    st.integers(1, 320),
    st.text("ab ", max_size=100),
    st.integers(40, 100),
)
def test_any_line_and_any_mark_fit(
    source: str, start: int, end: int, label: str, width: int
) -> None:
    rows = frame(
        source, (start, end, " ".join(word[:10] for word in label.split())), width=width
    )
    assert max(map(columns_of, rows)) <= width
    assert all(row.isprintable() or "\u00a0" in row or "\u202f" in row for row in rows)


def test_labels_of_one_stretch_are_joined_as_the_language_does() -> None:
    marks = [Mark(Span("a.tf", 7, 1, 7, 3), "ici"), Mark(Span("a.tf", 7, 1, 7, 3), "là")]
    assert render(marks, {("a.tf", 7): "xy"}, "fr", PLAIN)[1] == "7 | xy  <-- ici ; là"
