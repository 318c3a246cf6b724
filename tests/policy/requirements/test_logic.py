"""Kleene's tables, and what no rewriting of facts may ever do to a verdict."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import Holding, Placement, Shows, Soil
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown
from sovlint.policy.policies import Group, Need, Requirement
from sovlint.policy.requirements.leaf import Explained, Leaf
from sovlint.policy.requirements.logic import Answer, combine, judge
from tests.policy.house import WORLD, claims, evidence, placed, run, verdicts

V, U, C = Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT

FACTS = ("provider", "region", "country", "area", "control", "technology", "soil")


def answer(verdict: Verdict, basis: Basis | None = None) -> Answer:
    explained = Explained(Note(verdict.value))
    return Answer(verdict, (Leaf("area", verdict, lambda: explained),), lambda: basis)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (V, V, V, V), (V, U, V, U), (V, C, V, C),
        (U, V, V, U), (U, U, U, U), (U, C, U, C),
        (C, V, V, C), (C, U, U, C), (C, C, C, C),
    ],
)  # fmt: skip
def test_kleene(one: Verdict, other: Verdict, both: Verdict, either: Verdict) -> None:
    assert combine("all", [answer(one), answer(other)]).verdict is both
    assert combine("any", [answer(one), answer(other)]).verdict is either


@pytest.mark.parametrize(("one", "opposite"), [(V, C), (U, U), (C, V)])
def test_not(one: Verdict, opposite: Verdict) -> None:
    assert combine("not", [answer(one)]).verdict is opposite


def test_the_leaves_kept_are_those_that_decided() -> None:
    for one, other in product((V, U, C), repeat=2):
        for kind in ("all", "any"):
            found = combine(kind, [answer(one), answer(other)])
            assert {leaf.verdict for leaf in found.leaves} == {found.verdict}


@pytest.mark.parametrize(
    ("kind", "verdict", "bases", "basis"),
    [
        ("all", V, (Basis.BACKGROUND, Basis.SOURCED), Basis.SOURCED),
        ("all", V, (Basis.BACKGROUND, Basis.SOIL), Basis.SOIL),
        ("all", V, (Basis.BACKGROUND, Basis.BACKGROUND), Basis.BACKGROUND),
        ("all", V, (Basis.BACKGROUND, None), None),
        ("any", V, (Basis.BACKGROUND, Basis.SOURCED), Basis.BACKGROUND),
        ("any", V, (Basis.SOURCED, None), Basis.SOURCED),
        ("any", C, (Basis.BACKGROUND, Basis.SOURCED), Basis.SOURCED),
        ("all", C, (Basis.BACKGROUND, Basis.SOURCED), Basis.BACKGROUND),
        ("all", C, (Basis.BACKGROUND, None), Basis.BACKGROUND),
        ("all", U, (None, None), None),
    ],
)
def test_the_firmest_stands_where_one_would_have_done(
    kind: str, verdict: Verdict, bases: tuple[Basis | None, ...], basis: Basis | None
) -> None:
    for both in permutations(bases):
        assert combine(kind, [answer(verdict, each) for each in both]).basis is basis


codes = st.lists(
    st.sampled_from(["FR", "DE", "NO", "EU", "US", "CN", "CH", "XX"]), max_size=3, unique=True
).map(tuple)
areas = st.sampled_from([(), ("EEA",), ("EEA", "EU")])
values: dict[str, st.SearchStrategy[Any]] = {
    "role": st.sampled_from(["at-rest", "compute", "keys", "state"]),
    "provider": st.sampled_from(["aws", "scaleway"]),
    "service": st.just("s"),
    "region": st.sampled_from(["eu-west-3", "global", "EU"]),
    "country": st.sampled_from(["FR", "US", "GB"]),
    "area": areas,
    "control": codes,
    "technology": codes,
    "soil": st.builds(Soil, st.sampled_from([None, "FR", "NO", "US", "CH", "XX"]), areas),
}


def known_or_among(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    among = st.lists(value.map(Known), min_size=2, max_size=3)
    unknown = st.one_of(st.none(), among).map(
        lambda m: Unknown(Reason.UNSET_VARIABLE, "v", among=tuple(m) if m else None)
    )
    return st.one_of(value.map(Known), unknown)


def holdings() -> st.SearchStrategy[tuple[Holding, ...]]:
    held = known_or_among(st.booleans())
    return st.tuples(held, held).map(
        lambda two: (Holding("hds", two[0]), Holding("secnumcloud", two[1]))
    )


placements = st.builds(
    Placement,
    **{
        name: value.map(Known) if name in ("role", "service") else known_or_among(value)
        for name, value in values.items()
    },
    holdings=holdings(),
    evidence=st.lists(
        st.builds(
            evidence,
            st.sampled_from([Shows.PLACE, Shows.SEAT, Shows.HOST, Shows.TECHNOLOGY]),
            st.sampled_from([None, "FR", "US"]),
            background=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
)

leaves: st.SearchStrategy[Requirement] = st.sampled_from(
    [
        Need("area", "EEA"),
        Need("area", "EU"),
        Need("control", "EEA"),
        Need("technology", "EEA"),
        Need("holds", "hds"),
    ]
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(
            Group,
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(Group, st.just("not"), st.tuples(inner)),
    ),
    max_leaves=5,
)


def blind(placement: Placement, names: set[str]) -> Placement:
    """The placement with the facts ``names`` (``holdings`` among them) not known any more."""
    gone = Unknown(Reason.UNSET_VARIABLE, "var.x")
    changed: dict[str, Any] = {name: gone for name in names if name in FACTS}
    if "holdings" in names:
        changed["holdings"] = tuple(replace(each, held=gone) for each in placement.holdings)
    return replace(placement, **changed)


def only_leaves(placement: Placement, names: set[str]) -> set[str]:
    """``names``, without ``region`` where it alone keeps a regionless service from being judged outside an area."""
    return (
        names - {"region"}
        if isinstance(placement.region, Known) and placement.region.value == "global"
        else names
    )


@given(trees, placements, st.sets(st.sampled_from([*FACTS, "holdings"])))
def test_knowing_less_proves_nothing_more(
    tree: Requirement, placement: Placement, names: set[str]
) -> None:
    before = judge(tree, placement, WORLD, ()).verdict
    after = judge(tree, blind(placement, only_leaves(placement, names)), WORLD, ()).verdict
    assert after in (before, U)


ORDER = {"violation": 0, "unproven": 1, "compliant": 2}


@given(placements, st.sets(st.sampled_from([*FACTS, "holdings"])))
def test_knowing_less_never_turns_a_finding_compliant(
    placement: Placement, names: set[str]
) -> None:
    def found(one: Placement) -> dict[str, str]:
        judged = run(placed(one, classes=claims("health", "nir")), set_name="strict").findings
        return {policy: text.split()[0] for policy, text in verdicts(judged).items()}

    before, after = found(placement), found(blind(placement, names))
    assert before.keys() == after.keys()
    assert not any(
        after[policy] == "compliant" and before[policy] != "compliant" for policy in before
    )


@given(trees, placements)
def test_sources_that_are_required_weaken_what_complies_and_nothing_else(
    tree: Requirement, placement: Placement
) -> None:
    loose, strict = (judge(tree, placement, WORLD, (), each) for each in (False, True))
    if loose.verdict is C and loose.basis is Basis.BACKGROUND:
        assert strict.verdict is U
    else:
        assert (strict.verdict, strict.basis) == (loose.verdict, loose.basis)


def unread(placement: Placement, number: int) -> Placement:
    """The same, if nobody had read a source for one of its facts."""
    weaker = [
        replace(each, background=True) if place == number else each
        for place, each in enumerate(placement.evidence)
    ]
    return replace(placement, evidence=tuple(weaker))


@given(trees, placements, st.integers(0, 3), st.booleans())
def test_a_source_less_makes_no_verdict_better(
    tree: Requirement, placement: Placement, number: int, strict: bool
) -> None:
    before = judge(tree, placement, WORLD, (), strict)
    after = judge(tree, unread(placement, number), WORLD, (), strict)
    assert after.verdict in (before.verdict, U)
    assert after.verdict is before.verdict or (strict and before.verdict is C)
    if after.verdict is C:
        assert (before.basis, after.basis) != (Basis.BACKGROUND, Basis.SOURCED)


@given(placements)
def test_a_us_jurisdiction_more_is_never_eu_control(placement: Placement) -> None:
    control = placement.control
    if isinstance(control, Known):
        more: Any = Known((*control.value, "US"))
    else:
        members = tuple(Known((*member.value, "US")) for member in control.among or ())  # type: ignore[misc]
        more = Unknown(control.reason, control.detail, among=members or None)
    here = Known(Soil("FR", ("EEA", "EU")))
    after = judge(
        Need("control", "EEA"), replace(placement, control=more, soil=here), WORLD, ()
    ).verdict
    assert after is (U if isinstance(more, Unknown) and not more.among else V)
