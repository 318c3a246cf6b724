"""Technology: what a provider lists and what is underneath, worked out by hand."""

from __future__ import annotations

from datetime import date

from sovlint.catalog.compiling.compile import TechnologyStates, technology, turns

DAY = date(2026, 11, 24)


def parts(**providers: dict[str, object]) -> dict[str, object]:
    return {
        "providers": providers,
        "jurisdictions": {"FR": {"areas": ["EEA"]}, "US": {}, "CN": {}},
    }


def made_in(*codes: str, services: tuple[str, ...] = ()) -> list[dict[str, object]]:
    return [
        {"entity": "maker", "jurisdiction": code}
        | ({"services": services} if services else {})
        for code in codes
    ]


OWN = {"own_technology": {"source": "read"}}


def on(provider: str) -> dict[str, object]:
    return {"runs_on": [{"provider": provider, "source": "read"}]}


def test_what_nobody_says_is_not_known() -> None:
    assert technology(parts(shop={}), "shop", DAY) == TechnologyStates(None, {})


def test_own_and_open_source_technology_adds_none() -> None:
    assert technology(parts(shop=OWN), "shop", DAY) == TechnologyStates((), {})


def test_what_is_listed_is_known() -> None:
    assert technology(parts(shop={"technology": made_in("US", "CN")}), "shop", DAY).codes == (
        "CN",
        "US",
    )


def test_what_is_underneath_adds_up() -> None:
    below = {"technology": made_in("US")}
    assert technology(parts(shop=OWN | on("host"), host=below), "shop", DAY).codes == ("US",)
    assert technology(
        parts(shop={"technology": made_in("FR")} | on("host"), host=below), "shop", DAY
    ).codes == (
        "FR",
        "US",
    )


def test_own_technology_on_something_unknown_is_not_known() -> None:
    assert technology(parts(shop=OWN | on("host"), host={}), "shop", DAY).codes is None


def test_something_unknown_on_european_technology_is_not_known() -> None:
    assert (
        technology(
            parts(shop=on("host"), host={"technology": made_in("FR")}), "shop", DAY
        ).codes
        is None
    )
    assert technology(parts(shop=on("host"), host=OWN), "shop", DAY).codes is None


def test_something_unknown_on_technology_from_elsewhere_is_known_to_be_that_at_least() -> (
    None
):
    assert technology(
        parts(shop=on("host"), host={"technology": made_in("US")}), "shop", DAY
    ).codes == ("US",)


def test_single_services_differ_from_the_rest() -> None:
    found = technology(
        parts(shop=OWN | {"technology": made_in("US", services=("files", "vms"))}),
        "shop",
        DAY,
    )
    assert found == TechnologyStates((), {"files": ("US",), "vms": ("US",)})


def test_a_service_that_is_listed_doesnt_make_the_rest_known() -> None:
    found = technology(
        parts(shop={"technology": made_in("US", services=("files",))}), "shop", DAY
    )
    assert found == TechnologyStates(None, {"files": ("US",)})


def test_own_technology_on_a_host_that_nobody_found_is_not_known() -> None:
    assert technology(parts(shop=OWN | {"runs_on": None}), "shop", DAY).codes is None


def test_a_licence_counts_from_its_day_until_its_end() -> None:
    licence = {
        "entity": "maker",
        "jurisdiction": "US",
        "licensed": True,
        "since": "2024-01-15",
        "until": "2030",
    }
    world = parts(shop={"technology": [licence]}, upper=OWN | on("shop"))
    assert turns(world, "upper") == [
        date.min,
        date(2024, 1, 15),
        date(2030, 1, 2),
        date(2031, 1, 1),
    ]
    found = {
        day: technology(world, "upper", day).codes
        for day in (date(2024, 1, 14), DAY, date(2031, 1, 1))
    }
    assert found == {date(2024, 1, 14): None, DAY: ("US",), date(2031, 1, 1): None}
