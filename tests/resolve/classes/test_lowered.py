"""Nothing that is added takes a class away, unless the report lists it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from sovlint.frontends.recursion import deepen_stack
from sovlint.model.classrules import ClassRule, ClassRules
from sovlint.model.placement import Placed
from sovlint.model.source import Span
from sovlint.resolve.classes.data_classes import lowered
from tests.resolve.house import catalog, resolved

HERE = Span("sovlint.yaml", 1, 1, 1, 1)
deepen_stack()  # reading does, and hypothesis minds when that happens during a test
COVERS = {name: each.covers for name, each in catalog().classes.items()}

CLASS = st.sampled_from(["health", "claims", "nir", "anonymous"])
WORD = st.sampled_from(
    [
        "health",
        "C3",
        "santé",
        "health C3",
        "C3 tbd",
        "c3-health",
        "tbd",
        "anonymous",
        "nir",
        "",
    ]
)
KEY = st.sampled_from(["data_class", "data-classification", "env", "visibility"])
TAGS = st.dictionaries(KEY, WORD, max_size=2)
VALUES = st.dictionaries(
    WORD.filter(bool), st.lists(CLASS, min_size=1, max_size=2).map(tuple), max_size=2
)
KEYS = st.lists(st.sampled_from(["env", "visibility", "Data_Class"]), max_size=2).map(tuple)


def tags(entries: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f'"{key}" = "{value}"' for key, value in entries.items()) + " }"


def bucket(
    name: str, default: Mapping[str, str], own: Mapping[str, str], rules: ClassRules
) -> Placed:
    text = (
        f'provider "aws" {{\n  region = "eu-west-3"\n  default_tags {{\n    tags = {tags(default)}\n  }}\n}}\n'
        f'resource "aws_s3_bucket" "{name}" {{\n  tags = {tags(own)}\n}}\n'
    )
    return resolved(text, rules)[0][f"aws_s3_bucket.{name}"]


def rules(
    keys: tuple[str, ...],
    values: Mapping[str, tuple[str, ...]],
    assume: str | None,
    glob: tuple[str, ...],
) -> ClassRules:
    given_here = (ClassRule("**", lambda _: True, glob, HERE),) if glob else ()
    places = dict.fromkeys(values, HERE)
    return ClassRules(keys, None, values, places, given_here, given_here, assume)


def carried(placed: Placed) -> set[str]:
    return {claim.data_class for claim in placed.classes.claims}


def within(placed: Placed) -> set[str]:
    """The classes of a resource, with those that they cover."""
    own = carried(placed)
    return own.union(*(COVERS[name] for name in own))


class Case(Struct, frozen=True):
    """A bucket with tags and default tags, and what is added: tags, keys, words and a glob of the configuration."""

    name: str
    assume: str | None
    default: Mapping[str, str]
    own: Mapping[str, str]
    more: Mapping[str, str]
    keys: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    glob: tuple[str, ...]


GLOB = st.sampled_from([(), ("anonymous",), ("health",), ("contact", "anonymous")])
CASE = st.builds(
    Case, st.sampled_from(["b", "patients"]), st.sampled_from([None, "health"]), TAGS, TAGS, TAGS, KEYS, VALUES, GLOB
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CASE)
def test_what_is_added_takes_nothing_away_in_silence(case: Case) -> None:
    before = bucket(case.name, case.default, case.own, rules((), {}, case.assume, ()))
    given_more = rules(case.keys, case.values, case.assume, case.glob)
    after = bucket(case.name, case.default, {**case.more, **case.own}, given_more)
    listed = {claim.data_class for claim in lowered(after, COVERS)}
    gone = carried(before) - {"anonymous"} - within(after)
    assert gone <= listed


@pytest.mark.parametrize(
    ("default", "own", "assume", "expected"),
    [
        ({"data_class": "health"}, {"data_class": "anonymous"}, None, {"health"}),
        ({"data_class": "health"}, {"data_class": "claims"}, None, {"health"}),
        (
            {"data_class": "claims"},
            {"data_class": "health"},
            None,
            set(),
        ),  # health covers claims
        ({"data_class": "health"}, {"data_class": "tbd"}, None, set()),
        ({"data_class": "anonymous"}, {"data_class": "health"}, None, set()),
        ({}, {"data_class": "anonymous"}, "health", {"health"}),
        ({}, {"data_class": "health"}, "health", set()),
        ({}, {}, "health", set()),
    ],
)
def test_what_is_listed(
    default: Mapping[str, str], own: Mapping[str, str], assume: str | None, expected: set[str]
) -> None:
    found = lowered(bucket("b", default, own, rules((), {}, assume, ())), COVERS)
    assert {claim.data_class for claim in found} - {"anonymous"} == expected


def test_a_guess_that_a_label_ends_is_listed_and_what_flows_in_is_not() -> None:
    ended = bucket("patients", {}, {"data_class": "anonymous"}, ClassRules())
    assert {claim.data_class for claim in lowered(ended, COVERS)} == {"health"}
    confirmed = bucket("patients", {}, {"data_class": "health"}, ClassRules())
    assert lowered(confirmed, COVERS) == ()


@pytest.mark.parametrize(
    ("word", "means", "expected"),
    [
        ("health", ("anonymous",), {"health"}),
        ("health tbd", ("anonymous",), {"health"}),
        ("health-tbd", ("anonymous",), {"anonymous"}),  # one word: nothing of ours is in it
        ("C3", ("anonymous",), {"anonymous"}),
        ("C3 nir", ("contact",), {"contact", "nir"}),
    ],
)
def test_words_add_to_what_is_in_them(
    word: str, means: tuple[str, ...], expected: set[str]
) -> None:
    assert (
        carried(bucket("b", {}, {"data_class": word}, rules((), {word: means}, None, ())))
        == expected
    )


def test_an_own_word_with_hyphens_doesnt_hide_words_apart() -> None:
    own = rules((), {"health-tbd": ("anonymous",)}, None, ())
    assert carried(bucket("b", {}, {"data_class": "health tbd"}, own)) == {"health"}
