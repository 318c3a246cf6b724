"""A document folded in one pass has the spans that are looked up one by one."""

from __future__ import annotations

from typing import Any

from sovlint.documents import load
from sovlint.documents.tree import from_document, plain, to_document
from sovlint.model.source import Span

TEXT = """\
base: &base
  image: a
  ports: [80, {name: web}]
own:
  <<: *base
  image: b
  "quoted": |
    text
same: *base
empty:
"""


def test_a_fold_has_the_spans_that_are_looked_up() -> None:
    (document,) = load(TEXT, "a.yaml")
    made: list[tuple[Any, Span, Span]] = []

    def each(value: Any, where: Span, whole: Span, tag: str) -> Any:
        made.append((value, where, whole))
        return value

    assert document.fold(each) == document.data
    asked = [(document.span(path), document.whole(path)) for path in document.spans]
    assert sorted((where, whole) for _, where, whole in made) == sorted(asked)
    assert ("b", Span("a.yaml", 6, 3, 6, 8), Span("a.yaml", 6, 3, 6, 11)) in made


def test_a_fold_begins_where_it_is_asked_to() -> None:
    (document,) = load(TEXT, "a.yaml")
    assert document.fold(
        lambda value, where, whole, tag: (value, where.line, whole.end_line),
        ("own", "quoted"),
    ) == (
        "text\n",
        7,
        9,
    )


def test_a_tree_made_a_document_again_has_the_spans_that_it_was_made_of() -> None:
    (document,) = load(TEXT, "a.yaml")
    tree = from_document(document)
    again = to_document(tree)
    assert again.data == plain(tree) == document.data
    assert list(again.spans) == list(document.spans)
    assert len(again.ends) == len(document.ends)
    for path in document.spans:
        assert (again.span(path), again.whole(path)) == (
            document.span(path),
            document.whole(path),
        )
    for absent in (
        ("own", "no"),
        ("own", 0),
        ("base", "ports", 2),
        ("base", "ports", -1),
        ("base", "ports", "0"),
    ):
        assert absent not in again.spans
        assert again.span(absent) == again.span(absent[:-1])
