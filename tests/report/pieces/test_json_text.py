"""JSON that is put together of texts: it is what all of it at once would be."""

from __future__ import annotations

from sovlint.report.pieces import json_text
from sovlint.report.pieces.json_text import EncodedJson, KeptJson

HOSTILE = "##[error] \x1b \u2028 \U000e0001 é"


def test_keys_with_texts_among_them() -> None:
    whole = {"a": HOSTILE, "b": 1, "c": {"d": [HOSTILE]}, "e": [], "f": None}
    apart = {
        **whole,
        "c": EncodedJson.of({"d": [HOSTILE]}),
        "e": EncodedJson.of_items([]),
    }
    assert EncodedJson.of_keys(apart) == EncodedJson.of(whole)


def test_items() -> None:
    items = [1, HOSTILE, {"a": None}]
    assert EncodedJson.of_items(map(EncodedJson.of, items)) == EncodedJson.of(items)


def test_a_text_is_made_once_for_a_thing() -> None:
    kept, one, other = KeptJson(), ["a"], ["a"]
    assert kept.text(one, lambda: 1) == kept.text(one, lambda: 2) == "1"
    assert (kept.text(other, lambda: 3), kept.text(one, lambda: 4, "b")) == ("3", "4")


def test_not_too_many_are_kept_and_none_is_taken_for_another() -> None:
    kept = KeptJson()
    for number in range(2 * json_text.MOST_KEPT + 1):
        assert kept.text([number], lambda number=number: number) == str(number)  # type: ignore[misc]
