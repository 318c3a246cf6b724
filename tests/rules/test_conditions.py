"""One language of conditions, in Kleene's logic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError

from sovlint.model.decoding import decode
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.keys import Condition, ReadAt

OPEN = Unknown(Reason.TEMPLATED, "X")


def reader(**written: object) -> ReadAt:
    """What stands at paths: plain values are known."""

    def read(path: str) -> Iterator[Value]:
        if path in written:
            value = written[path]
            yield value if isinstance(value, Unknown) else Known(value)

    return read


def condition(written: object) -> Condition:
    return decode(Condition, written)


@pytest.mark.parametrize(
    ("written", "there", "held"),
    [
        ({"path": "a"}, {"a": "x"}, True),
        ({"path": "a"}, {"a": ""}, False),
        ({"path": "a"}, {"a": False}, False),
        ({"path": "a"}, {"a": None}, False),
        ({"path": "a"}, {}, False),
        ({"path": "a"}, {"a": OPEN}, None),
        ({"path": "a", "in": ["X", True]}, {"a": "x"}, True),
        ({"path": "a", "in": ["x", True]}, {"a": True}, True),
        ({"path": "a", "in": ["x"]}, {"a": "y"}, False),
        ({"path": "a", "in": ["x"]}, {"a": OPEN}, None),
        ({"path": "a", "in": [False]}, {"a": False}, True),
        ({"path": "a", "matches": "^ab?$"}, {"a": "AB"}, True),
        ({"path": "a", "matches": "^ab?$"}, {"a": "abc"}, False),
        ({"path": "a", "matches": "^a", "in": ["ab"]}, {"a": "ac"}, False),
        ({"any": [{"path": "a"}, {"path": "b"}]}, {"b": 1}, True),
        ({"any": [{"path": "a"}, {"path": "b"}]}, {"b": OPEN}, None),
        ({"any": [{"path": "a"}, {"path": "b"}]}, {"a": 1, "b": OPEN}, True),
        ({"any": [{"path": "a"}, {"path": "b"}]}, {}, False),
        ({"all": [{"path": "a"}, {"path": "b"}]}, {"a": 1, "b": 1}, True),
        ({"all": [{"path": "a"}, {"path": "b"}]}, {"a": 1, "b": OPEN}, None),
        ({"all": [{"path": "a"}, {"path": "b"}]}, {"b": OPEN}, False),
        ({"not": [{"path": "a"}, {"path": "b"}]}, {}, True),
        ({"not": [{"path": "a"}, {"path": "b"}]}, {"b": 1}, False),
        ({"not": [{"path": "a"}]}, {"a": OPEN}, None),
        ({"path": "a", "not": [{"path": "b"}]}, {"a": 1}, True),
        ({"path": "a", "not": [{"path": "b"}]}, {"a": 1, "b": 1}, False),
    ],
)
def test_a_condition_holds(
    written: object, there: dict[str, object], held: bool | None
) -> None:
    fact = condition(written).held(reader(**there))
    assert (fact.value if isinstance(fact, Known) else None) is held


def test_what_is_written_in_a_file_and_not_known_stands_there() -> None:
    read = reader(a=OPEN)
    assert condition({"path": "a"}).surely(read)
    assert not condition({"path": "a", "in": ["x"]}).surely(read)
    assert condition({"path": "a", "in": ["x"]}).perhaps(read)


def test_it_knows_all_that_it_asks_about() -> None:
    whole = condition(
        {
            "path": "a.b",
            "any": [{"path": "c"}, {"not": [{"path": "d"}]}],
            "all": [{"path": "e"}],
        }
    )
    assert set(whole.paths) == {"a.b", "c", "d", "e"}


def test_another_type_is_refused() -> None:
    with pytest.raises(ValidationError):
        condition({"path": 3})


VALUES = st.sampled_from(["x", "y", "", True, False, None])
LEAVES = st.builds(
    lambda path, values: {"path": path, **({"in": values} if values else {})},
    st.sampled_from("ab"),
    st.lists(st.sampled_from(["x", "y", True]), max_size=2),
)
WRITTEN = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda key, parts: {key: parts},
        st.sampled_from(["any", "all", "not"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(WRITTEN, VALUES, VALUES, st.sets(st.sampled_from("ab")))
def test_what_is_sure_of_unknowns_is_so_whatever_they_are(
    written: dict[str, object], one: object, other: object, hidden: set[str]
) -> None:
    whole = {"a": one, "b": other}
    known = condition(written).held(reader(**whole))
    unsure = condition(written).held(
        reader(**{name: OPEN if name in hidden else value for name, value in whole.items()})
    )
    assert isinstance(known, Known)
    if isinstance(unsure, Known):
        assert unsure.value is known.value
