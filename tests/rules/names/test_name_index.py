"""The index of names finds whatever asking every signature would, and asks few."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.catalog import shipped
from sovlint.catalog.hints import entries
from sovlint.rules.names.name_index import NameIndex
from sovlint.rules.names.signature import Names, Signature, folded
from sovlint.rules.names.signatures import index_of

SIGNATURES = entries(shipped.index(), Signature, "signatures")
INDEX = index_of(SIGNATURES)
GROUPS = [
    (number, names)
    for number, each in enumerate(SIGNATURES)
    for names in (*each.names(), *((each.unless,) if each.unless is not None else ()))
]
WRITTEN = sorted({name for _, names in GROUPS for name in (*names.exact, *names.globs)})
TEXTS = st.text("AB_19", max_size=8)


@st.composite
def setting_names(draw: st.DrawFn) -> str:
    """A name that the catalogue has, or one of its globs filled in, perhaps with something before or after."""
    written = draw(st.sampled_from(WRITTEN))
    filled = "".join(draw(TEXTS) if each in "*?" else each for each in written)
    filled = filled.replace("[0-9]", draw(st.sampled_from("0159A")))
    return f"{draw(TEXTS)}{filled}{draw(TEXTS)}"


def asked(name: str) -> set[int]:
    """The signatures that a name belongs to, by asking all."""
    endings = INDEX.endings(name)
    return {number for number, names in GROUPS if names.prefix(name, endings) is not None}


@settings(max_examples=300, deadline=None)
@given(setting_names())
def test_no_signature_is_left_out(name: str) -> None:
    assert asked(name) <= set(INDEX.numbers(name, INDEX.endings(name)))


def test_every_name_of_the_catalogue_is_found() -> None:
    for written in WRITTEN:
        name = written.replace("[0-9]", "7").replace("*", "X").replace("?", "X")
        met = asked(name)
        assert met, name
        assert met <= set(INDEX.numbers(name, INDEX.endings(name))), name


def test_few_are_asked_of_a_name_that_means_nothing() -> None:
    name = folded("spring.jpa.hibernate.ddl-auto")
    found = INDEX.numbers(name, INDEX.endings(name))
    assert len(found) <= 3  # those with a glob that any name may be of


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("*", ""),
        ("A*", "A"),
        ("*A", "A"),
        ("A*B", "AB"),
        ("A[0-9]*", "A1"),
        ("*[0-9]", "X1"),
        ("A?", "AB"),
    ],
)
def test_the_shortest_name_of_a_glob_is_found(written: str, name: str) -> None:
    index = NameIndex([(4, Names([written]))])
    assert index.numbers(name, ()) == [4]
