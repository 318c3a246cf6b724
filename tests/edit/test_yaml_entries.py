"""Entries added to YAML: comments, layout and all else stay; what can't be edited safely isn't."""

from __future__ import annotations

import pytest

from sovlint.edit.splice import EditError
from sovlint.edit.yaml_entries import with_entry, with_item


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a:\n- {x: 1}\n"),
        ("# only words", "# only words\na:\n- {x: 1}\n"),
        ("b: 1  # kept", "b: 1  # kept\na:\n- {x: 1}\n"),
        ("a: # none yet\nb: 2\n", "a: # none yet\n  - {x: 1}\nb: 2\n"),
        ("a: []\n", "a: [{x: 1}]\n"),
        ("a: [{x: 0}]  # one\nb: 2\n", "a: [{x: 0}, {x: 1}]  # one\nb: 2\n"),
        (
            "a:\n  # first\n  - {x: 0}  # zero\n\n# of b\nb: 2\n",
            "a:\n  # first\n  - {x: 0}  # zero\n  - {x: 1}\n\n# of b\nb: 2\n",
        ),
        ("a:\n- text: |\n    long\n    er\nb: 2\n", "a:\n- text: |\n    long\n    er\n- {x: 1}\nb: 2\n"),
        ("a:\r\n- {x: 0}\r\nb: 2\r\n", "a:\r\n- {x: 0}\r\n- {x: 1}\r\nb: 2\r\n"),
        ("a:\n- {x: 0}", "a:\n- {x: 0}\n- {x: 1}\n"),
    ],
)  # fmt: skip
def test_an_item_goes_to_the_end_of_its_list(before: str, after: str) -> None:
    assert with_item(before, "a", {"x": 1}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a:\n  k: {x: 1}\n"),
        ("a:\n  j: {x: 0}\n# end\n", "a:\n  j: {x: 0}\n  k: {x: 1}\n# end\n"),
        ("a: {}\n", "a: {k: {x: 1}}\n"),
    ],
)
def test_an_entry_goes_to_the_end_of_its_mapping(before: str, after: str) -> None:
    assert with_entry(before, "a", "k", {"x": 1}) == after


@pytest.mark.parametrize(
    "text", ["- a\n", "{a: []}\n", "a: 1\n", "a: {b: 1}\n", "a: [\n", "a: []\n---\nb: 1\n"]
)
def test_what_is_otherwise_is_left(text: str) -> None:
    with pytest.raises(EditError):
        with_item(text, "a", {"x": 1})


def test_a_key_that_is_there_is_not_written_twice() -> None:
    with pytest.raises(EditError):
        with_entry("a: {k: 1}\n", "a", "k", 2)


def test_what_yaml_would_take_for_something_else_is_quoted() -> None:
    assert with_item("", "a", {"day": "2026-10-01", "no": "no"}) == (
        "a:\n- {day: '2026-10-01', 'no': 'no'}\n"
    )
