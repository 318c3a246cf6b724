"""Control over random ownership graphs: holdings, joint ventures, rights of control, dates, gaps and circles."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.catalog.compiling.control import above, steps, turns, unfound

NAMES = ("operator", "one", "two", "three", "four")
SOURCES = {
    "read": {"date": "2026", "background": False},
    "known": {"date": "", "background": True},
}
STATES = {
    "FR": {"areas": ["EEA"]},
    "DE": {"areas": ["EEA"]},
    "EEA": {"areas": ["EEA"]},
    "US": {},
}
DAYS = st.dates(date(2019, 6, 1), date(2026, 6, 1))
WHEN = st.sampled_from(["2019", "2020-03", "2021-07-01", "2024", "2025-12-31"])
Graph = dict[str, Any]


@st.composite
def edges(draw: st.DrawFn) -> Graph:
    """A holding: by one or by several, with what is known of it, perhaps from a day, perhaps until one."""
    holders = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    edge: Graph = {"group": holders} if len(holders) > 1 else {"entity": holders[0]}
    edge |= draw(
        st.sampled_from(
            [{"share": 30}, {"share": 50.1}, {"majority": True}, {"control": True}]
        )
    )
    edge["source"] = draw(st.sampled_from(["read", "known"]))
    edge |= draw(st.fixed_dictionaries({}, optional={"since": WHEN, "until": WHEN}))
    return edge


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A catalogue of one provider, whose operator stands somewhere in a graph that may go round in circles."""
    entities = {}
    for name in NAMES:
        entity: Graph = {
            "name": name,
            "seat": draw(st.sampled_from(["FR", "DE", "US"])),
            "source": "read",
        }
        held = draw(st.sampled_from(["owners", "null", "dispersed", "person"]))
        if held == "owners":
            entity["owners"] = draw(st.lists(edges(), max_size=3))
        elif held == "null":
            entity["owners"] = None
        elif held == "dispersed":
            entity["no_majority"] = {"source": draw(st.sampled_from(["read", "known"]))}
        else:
            entity["kind"] = "person"
        entities[name] = entity
    return {"entities": entities, "providers": {"p": {"operator": "operator"}}, "sources": SOURCES,
            "jurisdictions": STATES}  # fmt: skip


def controllers(world: Graph, day: date) -> set[str]:
    return {step.jurisdiction for step in steps(world, "p", day)}


def proved_inside(world: Graph, day: date) -> bool:
    """Whether the provider is proved to answer to states of the EEA alone."""
    return "US" not in controllers(world, day) and not unfound(world, "p", day)


@settings(max_examples=300, deadline=None)
@given(graphs(), DAYS, st.data())
def test_another_majority_owner_from_abroad_anywhere_above_never_takes_its_control_away(
    world: Graph, day: date, data: st.DataObject
) -> None:
    held = data.draw(st.sampled_from(above(world, "operator", day)))
    more = deepcopy(world)
    more["entities"]["giant"] = {
        "name": "giant",
        "seat": "US",
        "source": "read",
        "owners": None,
    }
    entity = more["entities"][held]
    entity.pop("kind", None)
    edge = {
        "entity": "giant",
        "majority": True,
        "source": data.draw(st.sampled_from(["read", "known"])),
    }
    entity["owners"] = [*(entity.get("owners") or ()), edge]
    assert controllers(more, day) >= controllers(world, day) | {"US"}
    assert not proved_inside(more, day)


@settings(max_examples=300, deadline=None)
@given(graphs(), DAYS, st.sampled_from(NAMES))
def test_owners_that_are_forgotten_never_prove_anything(
    world: Graph, day: date, name: str
) -> None:
    less = deepcopy(world)
    for key in ("kind", "no_majority"):
        less["entities"][name].pop(key, None)
    less["entities"][name]["owners"] = None
    assert not proved_inside(less, day) or name not in above(less, "operator", day)
    if name in above(world, "operator", day):
        assert not proved_inside(less, day)


@settings(max_examples=200, deadline=None)
@given(graphs(), DAYS, st.sampled_from(NAMES))
def test_what_is_said_to_be_held_inside_takes_no_state_away_and_closes_no_other_company(
    world: Graph, day: date, name: str
) -> None:
    said = deepcopy(world)
    said["sources"]["register"] = {
        "date": day.isoformat(),
        "background": False,
        "confidence": "high",
    }
    said["entities"][name]["held_within"] = {"area": "EEA", "source": "register"}
    assert (
        controllers(world, day) <= controllers(said, day) <= controllers(world, day) | {"EEA"}
    )
    ends = set(unfound(world, "p", day)) - {("owners", name)}
    assert ends <= set(unfound(said, "p", day)) | {("owners", "operator")}


@settings(max_examples=300, deadline=None)
@given(
    graphs(), DAYS, st.sampled_from(NAMES), st.sampled_from(["2020", "2022-05", "2023-01-31"])
)
def test_what_has_ended_doesnt_count_after_its_last_day(
    world: Graph, day: date, name: str, until: str
) -> None:
    ended = deepcopy(world)
    edge = {"entity": "giant", "majority": True, "until": until, "source": "read"}
    ended["entities"]["giant"] = {
        "name": "giant",
        "seat": "US",
        "source": "read",
        "owners": None,
    }
    ended["entities"][name]["owners"] = [*(ended["entities"][name].get("owners") or ()), edge]
    last = {
        "2020": date(2020, 12, 31),
        "2022-05": date(2022, 5, 31),
        "2023-01-31": date(2023, 1, 31),
    }[until]
    named = {step.entity for step in steps(ended, "p", day)}
    assert ("giant" in named) == (day <= last and name in above(world, "operator", day))
    if day > last and "owners" in world["entities"][name]:
        assert steps(ended, "p", day) == steps(world, "p", day)


@settings(max_examples=200, deadline=None)
@given(graphs(), DAYS)
def test_between_two_turns_nothing_changes(world: Graph, day: date) -> None:
    start = max(turn for turn in turns(world, "p") if turn <= day)
    assert steps(world, "p", start) == steps(world, "p", day)
    assert unfound(world, "p", start) == unfound(world, "p", day)
