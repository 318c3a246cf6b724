"""Control: what the entity graph gives, worked out by hand."""

from __future__ import annotations

import pytest

from sovlint.catalog.control import ControlError, Link, steps, unfound

SOURCES = {"read": ["", "2026", "", False], "known": ["", "", "", True]}


def parts(entities: dict[str, dict[str, object]], providers: dict[str, dict[str, object]]) -> dict[str, object]:
    named = {key: {"name": key.upper(), "source": "read", **data} for key, data in entities.items()}
    areas = {"FR": {"areas": ["EEA"]}, "DE": {"areas": ["EEA"]}, "US": {}}
    return {"entities": named, "providers": providers, "sources": SOURCES, "jurisdictions": areas}


def states(entities: dict[str, dict[str, object]], providers: dict[str, dict[str, object]], of: str) -> set[str]:
    return {step.jurisdiction for step in steps(parts(entities, providers), of)}


def owner(entity: str, majority: bool = True, source: str = "read") -> dict[str, object]:
    return {"entity": entity, "majority": majority, "source": source}


def test_the_seat_and_every_majority_above_it_control() -> None:
    entities = {
        "shop": {"seat": "CH", "owners": [owner("parent")]},
        "parent": {"seat": "AT", "owners": [owner("grand")]},
        "grand": {"seat": "MX"},
    }
    assert states(entities, {"shop": {"operator": "shop"}}, "shop") == {"CH", "AT", "MX"}


def test_a_minority_controls_nothing_whatever_stands_above_it() -> None:
    entities = {
        "shop": {"seat": "FR", "owners": [owner("fund", majority=False)]},
        "fund": {"seat": "US", "owners": [owner("top")]},
        "top": {"seat": "KY"},
    }
    assert states(entities, {"shop": {"operator": "shop"}}, "shop") == {"FR"}


def test_every_member_of_a_majority_held_together_controls() -> None:
    entities = {
        "shop": {"seat": "US", "owners": [{"group": ["one", "two"], "majority": True, "source": "read"}]},
        "one": {"seat": "US"},
        "two": {"seat": "GB"},
    }
    assert states(entities, {"shop": {"operator": "shop"}}, "shop") == {"US", "GB"}


def test_reach_and_what_a_service_runs_on_add_up() -> None:
    entities = {
        "shop": {"seat": "FI", "reach": [{"jurisdiction": "SE", "source": "read"}]},
        "host": {"seat": "DE", "owners": [owner("giant")]},
        "giant": {"seat": "US"},
    }
    providers = {
        "shop": {"operator": "shop", "runs_on": [{"provider": "host", "source": "read"}]},
        "host": {"operator": "host"},
    }
    found = steps(parts(entities, providers), "shop")
    assert [(step.entity, step.through, step.jurisdiction) for step in found] == [
        ("SHOP", "seat", "FI"),
        ("SHOP", "reach", "SE"),
        ("HOST", "runs-on", "DE"),
        ("GIANT", "runs-on", "US"),
    ]


def test_a_seat_reached_through_a_holding_that_nobody_read_is_background() -> None:
    entities = {"shop": {"seat": "FR", "owners": [owner("parent", source="known")]}, "parent": {"seat": "US"}}
    assert steps(parts(entities, {"shop": {"operator": "shop"}}), "shop") == [
        Link("SHOP", "seat", "FR", "read", background=False),
        Link("PARENT", "owner", "US", "known", background=True),
    ]


def test_owners_in_a_circle_are_an_error() -> None:
    entities = {"one": {"seat": "FR", "owners": [owner("two")]}, "two": {"seat": "FR", "owners": [owner("one")]}}
    with pytest.raises(ControlError, match="one > two > one goes round"):
        steps(parts(entities, {"shop": {"operator": "one"}}), "shop")


def test_hosts_in_a_circle_are_an_error() -> None:
    providers = {
        "a": {"operator": "one", "runs_on": [{"provider": "b", "source": "read"}]},
        "b": {"operator": "one", "runs_on": [{"provider": "a", "source": "read"}]},
    }
    with pytest.raises(ControlError, match="a > b > a goes round"):
        steps(parts({"one": {"seat": "FR"}}, providers), "a")


def test_one_owner_met_on_two_ways_is_no_circle() -> None:
    entities = {
        "shop": {"seat": "FR", "owners": [{"group": ["left", "right"], "majority": True, "source": "read"}]},
        "left": {"seat": "FR", "owners": [owner("top")]},
        "right": {"seat": "FR", "owners": [owner("top")]},
        "top": {"seat": "US"},
    }
    found = steps(parts(entities, {"shop": {"operator": "shop"}}), "shop")
    assert [step.entity for step in found] == ["SHOP", "LEFT", "TOP", "RIGHT"]


def test_owners_and_hosts_that_nobody_found_are_named_all_the_way() -> None:
    entities = {
        "shop": {"seat": "FR", "owners": [owner("parent"), owner("fund", majority=False)]},
        "parent": {"seat": "FR", "owners": None},
        "fund": {"seat": "FR", "owners": None},
        "host": {"seat": "DE", "owners": None},
        "known": {"seat": "FR"},
    }
    providers: dict[str, dict[str, object]] = {
        "shop": {"operator": "shop"},
        "on": {"operator": "known", "runs_on": [{"provider": "host", "source": "read"}]},
        "host": {"operator": "host"},
        "somewhere": {"name": "Somewhere", "operator": "known", "runs_on": None},
        "known": {"operator": "known"},
    }
    world = parts(entities, providers)
    assert unfound(world, "shop") == [("owners", "PARENT")]
    assert unfound(world, "on") == [("owners", "HOST")]
    assert unfound(world, "somewhere") == [("host", "Somewhere")]
    assert unfound(world, "known") == []


def test_what_rests_on_background_knowledge_alone_excludes_no_other_owner() -> None:
    entities = {"shop": {"seat": "FR", "source": "known"}, "owned": {"seat": "FR", "owners": [owner("shop")]}}
    providers = {"shop": {"operator": "shop"}, "owned": {"operator": "owned"}}
    assert unfound(parts(entities, providers), "shop") == [("owners", "SHOP")]
    assert unfound(parts(entities, providers), "owned") == []


def test_what_nobody_found_doesnt_matter_where_another_state_controls_anyway() -> None:
    entities = {"shop": {"seat": "US", "owners": None}}
    assert unfound(parts(entities, {"shop": {"operator": "shop", "runs_on": None}}), "shop") == []
