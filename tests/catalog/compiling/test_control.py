"""Control: what the entity graph gives, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.compiling.control import (
    ControlError,
    ControlLink,
    refuse_circles,
    regions_apart,
    steps,
    unfound,
)

DAY = date(2026, 11, 24)
SOURCES = {
    "read": {"date": "2026", "background": False},
    "known": {"date": "", "background": True},
}


def parts(
    entities: dict[str, dict[str, object]], providers: dict[str, dict[str, object]]
) -> dict[str, object]:
    named = {
        key: {"name": key.upper(), "source": "read", **data} for key, data in entities.items()
    }
    areas = {
        "FR": {"areas": ["EEA"]},
        "DE": {"areas": ["EEA"]},
        "US": {"laws": ["reach"], "settles": True},
        "KY": {},
    }
    return {
        "entities": named,
        "providers": providers,
        "sources": SOURCES,
        "jurisdictions": areas,
    }


def states(
    entities: dict[str, dict[str, object]], providers: dict[str, dict[str, object]], of: str
) -> set[str]:
    return {step.jurisdiction for step in steps(parts(entities, providers), of, DAY)}


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
        "shop": {
            "seat": "US",
            "owners": [{"group": ["one", "two"], "majority": True, "source": "read"}],
        },
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
    found = steps(parts(entities, providers), "shop", DAY)
    assert [(step.entity, step.through, step.jurisdiction) for step in found] == [
        ("SHOP", "seat", "FI"),
        ("SHOP", "reach", "SE"),
        ("HOST", "runs-on", "DE"),
        ("GIANT", "runs-on", "US"),
    ]


def test_a_region_may_run_on_a_cloud_of_its_own() -> None:
    entities = {"shop": {"seat": "FR"}, "host": {"seat": "US"}}
    on_host = {"runs_on": {"provider": "host", "source": "read"}}
    providers = {
        "shop": {
            "name": "Shop",
            "operator": "shop",
            "runs_on": None,
            "regions": {"host-one": on_host, "two": {}},
        },
        "host": {"operator": "host"},
    }
    world = parts(entities, providers)
    assert regions_apart(world, "shop") == ["host-one"]
    assert [step.jurisdiction for step in steps(world, "shop", DAY, "host-one")] == [
        "FR",
        "US",
    ]
    assert [step.jurisdiction for step in steps(world, "shop", DAY)] == ["FR"]
    assert ("host", "Shop") in unfound(world, "shop", DAY)
    assert ("host", "Shop") not in unfound(world, "shop", DAY, "host-one")


def test_a_seat_reached_through_a_holding_that_nobody_read_is_background() -> None:
    entities = {
        "shop": {"seat": "FR", "owners": [owner("parent", source="known")]},
        "parent": {"seat": "US"},
    }
    assert steps(parts(entities, {"shop": {"operator": "shop"}}), "shop", DAY) == [
        ControlLink("SHOP", "seat", "FR", "read", background=False),
        ControlLink(
            "PARENT", "owner", "US", "known", background=True, of="SHOP", how="majority"
        ),
    ]


def test_owners_in_a_circle_are_an_error() -> None:
    entities = {
        "one": {"seat": "FR", "owners": [owner("two")]},
        "two": {"seat": "FR", "owners": [owner("one")]},
    }
    with pytest.raises(ControlError, match="one > two > one goes round"):
        refuse_circles(parts(entities, {"shop": {"operator": "one"}}), "shop")


def test_the_cloud_of_a_region_may_not_run_on_it() -> None:
    on_b = {"runs_on": {"provider": "b", "source": "read"}}
    providers = {
        "a": {"operator": "one", "regions": {"one": on_b}},
        "b": {"operator": "one", "runs_on": [{"provider": "a", "source": "read"}]},
    }
    with pytest.raises(ControlError, match="goes round"):
        refuse_circles(parts({"one": {"seat": "FR"}}, providers), "a")


def test_hosts_in_a_circle_are_an_error() -> None:
    providers = {
        "a": {"operator": "one", "runs_on": [{"provider": "b", "source": "read"}]},
        "b": {"operator": "one", "runs_on": [{"provider": "a", "source": "read"}]},
    }
    with pytest.raises(ControlError, match="a > b > a goes round"):
        refuse_circles(parts({"one": {"seat": "FR"}}, providers), "a")


def test_one_owner_met_on_two_ways_is_no_circle_and_each_way_is_a_step() -> None:
    entities = {
        "shop": {
            "seat": "FR",
            "owners": [{"group": ["left", "right"], "majority": True, "source": "read"}],
        },
        "left": {"seat": "FR", "owners": [owner("top")]},
        "right": {"seat": "FR", "owners": [owner("top")]},
        "top": {"seat": "US"},
    }
    found = steps(parts(entities, {"shop": {"operator": "shop"}}), "shop", DAY)
    ways = [
        ("SHOP", None),
        ("LEFT", "SHOP"),
        ("TOP", "LEFT"),
        ("RIGHT", "SHOP"),
        ("TOP", "RIGHT"),
    ]
    assert [(step.entity, step.of) for step in found] == ways
    refuse_circles(parts(entities, {"shop": {"operator": "shop"}}), "shop")


def test_owners_and_hosts_that_nobody_found_are_named_all_the_way() -> None:
    entities = {
        "shop": {"seat": "FR", "owners": [owner("parent"), owner("fund", majority=False)]},
        "parent": {"seat": "FR", "owners": None},
        "fund": {"seat": "FR", "owners": None},
        "host": {"seat": "DE", "owners": None},
        "known": {"seat": "FR", "no_majority": {"source": "read"}},
    }
    providers: dict[str, dict[str, object]] = {
        "shop": {"operator": "shop"},
        "on": {"operator": "known", "runs_on": [{"provider": "host", "source": "read"}]},
        "host": {"operator": "host"},
        "somewhere": {"name": "Somewhere", "operator": "known", "runs_on": None},
        "known": {"operator": "known"},
    }
    world = parts(entities, providers)
    assert unfound(world, "shop", DAY) == [("owners", "PARENT")]
    assert unfound(world, "on", DAY) == [("owners", "HOST")]
    assert unfound(world, "somewhere", DAY) == [("host", "Somewhere")]
    assert unfound(world, "known", DAY) == []


def test_what_rests_on_background_knowledge_excludes_no_other_owner() -> None:
    entities: dict[str, dict[str, object]] = {
        "shop": {"seat": "FR", "no_majority": {"source": "known"}},
        "owned": {"seat": "FR", "owners": [owner("shop")]},
        "heard": {"seat": "FR", "owners": [owner("family", source="known")]},
        "read": {"seat": "FR", "owners": [owner("family")]},
        "family": {"seat": "FR", "kind": "person"},
        "seat": {"seat": "FR", "source": "known", "no_majority": {"source": "read"}},
    }
    world = parts(entities, {each: {"operator": each} for each in entities})
    assert {each: unfound(world, each, DAY) for each in entities} == {
        "shop": [("owners", "SHOP")], "owned": [("owners", "SHOP")], "heard": [("owners", "HEARD")], "read": [],
        "family": [], "seat": [("owners", "SEAT")],
    }  # fmt: skip


def test_a_company_that_says_nothing_of_its_holders_is_held_by_nobody_knows_whom() -> None:
    world = parts(
        {"shop": {"seat": "FR"}, "list": {"seat": "FR", "owners": []}},
        {"a": {"operator": "shop"}},
    )
    assert unfound(world, "a", DAY) == [("owners", "SHOP")]


def test_what_nobody_found_doesnt_matter_where_another_state_controls_anyway() -> None:
    entities = {"shop": {"seat": "US", "owners": None}}
    world = parts(entities, {"shop": {"name": "Shop", "operator": "shop", "runs_on": None}})
    assert unfound(world, "shop", DAY) == []
    world["jurisdictions"] = {"US": {}}  # a state that a policy set may accept
    assert [what for what, _ in unfound(world, "shop", DAY)] == ["owners", "host"]


def test_control_through_two_holdings_and_a_joint_venture_is_derived_step_by_step() -> None:
    entities = {
        "shop": {
            "seat": "FR",
            "owners": [{"group": ["left", "right"], "share": 100, "source": "read"}],
        },
        "left": {
            "seat": "FR",
            "owners": [{"entity": "holding", "share": 51, "since": "2024", "source": "read"}],
        },
        "holding": {
            "seat": "DE",
            "owners": [{"entity": "giant", "share": 50.5, "source": "read"}],
        },
        "giant": {"seat": "US", "owners": None},
        "right": {
            "seat": "FR",
            "owners": [{"entity": "fund", "share": 50, "source": "read"}],
        },
        "fund": {"seat": "KY"},
    }
    found = steps(parts(entities, {"shop": {"operator": "shop"}}), "shop", DAY)
    assert [
        (step.entity, step.how, step.of, step.share, step.since, step.jurisdiction)
        for step in found
    ] == [
        ("SHOP", None, None, None, None, "FR"),
        ("LEFT", "together", "SHOP", 100, None, "FR"),
        ("HOLDING", "majority", "LEFT", 51, "2024", "DE"),
        ("GIANT", "majority", "HOLDING", 50.5, None, "US"),
        ("RIGHT", "together", "SHOP", 100, None, "FR"),
    ]


def test_a_sourced_right_of_control_controls_and_excludes_no_majority_elsewhere() -> None:
    entities = {
        "shop": {
            "seat": "FR",
            "owners": [{"entity": "golden", "control": True, "source": "read"}],
        },
        "golden": {"seat": "DE", "no_majority": {"source": "read"}},
    }
    world = parts(entities, {"shop": {"operator": "shop"}})
    assert [step.how for step in steps(world, "shop", DAY)] == [None, "control"]
    assert unfound(world, "shop", DAY) == [("owners", "SHOP")]


@pytest.mark.parametrize(
    ("day", "seats", "open_ends"),
    [
        (date(2019, 12, 31), ["FR", "DE"], []),  # the first owner alone
        (date(2020, 3, 15), ["FR", "DE", "US"], []),  # the month of the sale: perhaps both
        (date(2020, 4, 1), ["FR", "US"], []),  # the second owner alone
        (date(2022, 6, 30), ["FR", "US"], []),  # its last day
        (date(2022, 7, 1), ["FR"], [("owners", "SHOP")]),  # nobody says who came after
    ],
)
def test_an_owner_counts_from_when_until_when(
    day: date, seats: list[str], open_ends: list[tuple[str, str]]
) -> None:
    first = {"entity": "old", "share": 80, "until": "2020-03", "source": "read"}
    second = {
        "entity": "new",
        "share": 80,
        "since": "2020-03",
        "until": "2022-06-30",
        "source": "read",
    }
    people = {
        "old": {"seat": "DE", "kind": "person"},
        "new": {"seat": "US", "kind": "person"},
    }
    entities = {"shop": {"seat": "FR", "owners": [first, second]}, **people}
    world = parts(entities, {"shop": {"operator": "shop"}})
    assert [step.jurisdiction for step in steps(world, "shop", day)] == seats
    assert unfound(world, "shop", day) == open_ends


def test_a_day_that_may_be_before_an_owner_came_excludes_no_earlier_one() -> None:
    entities = {
        "shop": {
            "seat": "FR",
            "owners": [{"entity": "top", "share": 80, "since": "2020", "source": "read"}],
        },
        "top": {"seat": "FR", "kind": "person"},
    }
    world = parts(entities, {"shop": {"operator": "shop"}})
    open_ends = {
        day: unfound(world, "shop", day)
        for day in (date(2020, 5, 1), date(2020, 12, 31), date(2019, 1, 1))
    }
    assert open_ends == {
        date(2019, 1, 1): [("owners", "SHOP")], date(2020, 5, 1): [("owners", "SHOP")], date(2020, 12, 31): [],
    }  # fmt: skip


def test_owners_who_follow_one_another_in_a_circle_on_no_day_are_fine() -> None:
    entities = {
        "one": {"seat": "FR", "owners": [{**owner("two"), "until": "2010"}]},
        "two": {"seat": "FR", "owners": [{**owner("one"), "since": "2011"}]},
    }
    refuse_circles(parts(entities, {"shop": {"operator": "one"}}), "shop")


def test_a_region_with_an_operator_of_its_own_answers_to_that_company() -> None:
    entities = {
        "shop": {"seat": "FR", "no_majority": {"source": "read"}},
        "abroad": {"seat": "US", "owners": [owner("shop")]},
    }
    regions = {"us": {"operator": {"entity": "abroad", "source": "read"}}, "fr": {}}
    world = parts(entities, {"shop": {"operator": "shop", "regions": regions}})
    assert [
        [step.jurisdiction for step in steps(world, "shop", DAY, region)]
        for region in ("us", "fr", "")
    ] == [
        ["US", "FR"],
        ["FR"],
        ["FR"],
    ]
