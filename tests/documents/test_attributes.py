"""Attributes over a document: paths, stars, templates, secrets, spans."""

from __future__ import annotations

import pytest

from sovlint.documents import Document, load
from sovlint.documents.attributes import DocumentAttributes, written_span
from sovlint.model.attributes import Found
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known, Reason, Unknown

TEXT = """\
spec:
  replicas: 2
  empty: null
  containers:
    - name: api
      image: "reg.example/api:${TAG}"
    - name: side
      image: side
  country: NO

# said after
"""


def _document(text: str = TEXT) -> Document:
    return next(iter(load(text, "a.yaml")))


def _read(path: str, **options: tuple[str, ...]) -> tuple[Found, ...]:
    return DocumentAttributes(_document(), (), "kubernetes.written", **options).read(path)


def _known(found: Found) -> object:
    assert isinstance(found.value, Known)
    return found.value.value


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("spec.replicas", [2]),
        ("spec.empty", [None]),
        ("spec.country", ["NO"]),
        ("spec.containers.*.name", ["api", "side"]),
        ("spec.containers.1.image", ["side"]),
        ("spec.containers.7.image", []),
        ("spec.containers.name", []),
        ("spec.nothing.*", []),
        ("*.replicas", [2]),
    ],
)
def test_values_at_a_path_come_in_source_order(path: str, values: list[object]) -> None:
    assert [_known(found) for found in _read(path)] == values


def test_a_value_says_where_it_stands() -> None:
    (found,) = _read("spec.containers.1.image")
    assert found.where.span() == Span("a.yaml", 8, 7, 8, 12)
    assert found.sure


def test_what_is_still_to_be_filled_in_is_unknown_and_keeps_its_literals() -> None:
    (found,) = _read("spec.containers.0.image")
    assert isinstance(found.value, Unknown)
    assert found.value.reason is Reason.TEMPLATED
    assert found.value.detail == "${TAG}"
    assert found.value.parts == ("reg.example/api:", None)


def test_lists_and_maps_hold_values() -> None:
    (found,) = _read("spec.containers.1")
    inner = _known(found)
    assert isinstance(inner, dict)
    assert {key: value.value for key, value in inner.items()} == {
        "name": "side",
        "image": "side",
    }


def test_secret_keys_are_not_there_even_for_a_star() -> None:
    assert _read("spec.replicas", secret=("spec",)) == ()
    assert _read("*.replicas", secret=("spec",)) == ()


def test_a_stretch_ends_with_its_last_value_not_with_the_comments_after_it() -> None:
    file = SourceFile("a.yaml", TEXT.encode())
    assert written_span(_document(), (), file) == Span("a.yaml", 1, 1, 9, 14)
    assert written_span(_document(), ("spec", "containers", 0), file) == Span(
        "a.yaml", 5, 7, 6, 38
    )


def test_a_stretch_on_one_line_keeps_its_own_end() -> None:
    text = '{"a": {"b": 1}, "c": 2}'
    assert written_span(_document(text), ("a",), SourceFile("a.yaml", text.encode())) == Span(
        "a.yaml", 1, 2, 1, 15
    )
