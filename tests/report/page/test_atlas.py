"""The two maps: what is filled, counted, named and told beside, and that nothing lies on anything else."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations
from math import dist, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.catalog.load import load
from sovlint.model.text import LANGUAGES, Bilingual
from sovlint.model.world import StateOnDay, World
from sovlint.report.page.drawing.atlas import eea, world
from sovlint.report.page.drawing.marks import LAWS, CountryMark, law_name, laws_of
from sovlint.report.page.drawing.spread import Disc, apart, beside, overlap
from sovlint.report.page.outlines import outlines
from tests.report.page.drawings import HOSTILE, having, read, text_of, title_of

MARKS = (
    CountryMark("FR", 9, ("us",), "violation", ("acme",), ("health",), ("infra/prod",)),
    CountryMark("DE", 1, ("eea",), "compliant", ("zeta",)),
    CountryMark("DE", 3, ("other", "eea"), "unproven", ("beta",), ("nir",), ("infra/a b",)),
    CountryMark("US", 16, ("us",), "violation"),
    CountryMark("MT", 1, (), None),
    CountryMark(None, 5, ("unknown",), "unproven", ("beta",)),
)
EU = StateOnDay("FR", Bilingual("France", "France"), areas=("EEA", "EU"))
FAR = StateOnDay("US", Bilingual("United States", "États-Unis"))
WORLD = World(states={"FR": EU, "US": FAR})


def marks_of(root: ET.Element) -> dict[str, ET.Element]:
    return {each.get("data-country", ""): each for each in having(root, "mark")}


def disc_of(mark: ET.Element) -> Disc:
    (circle,) = having(mark, "ring")
    return Disc(*(float(circle.get(name, "")) for name in ("cx", "cy", "r")))


def view_of(root: ET.Element) -> tuple[float, float]:
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (left, top) == (0, 0)
    return width, height


@pytest.mark.parametrize(
    ("states", "laws"),
    [
        (None, ("unknown",)),
        ((), ()),
        (("FR",), ("eea",)),
        (("US", "FR"), ("us", "eea")),
        (("CN", "US"), ("us", "other")),
        (("XX",), ("other",)),
    ],
)
def test_whose_law(states: tuple[str, ...] | None, laws: tuple[str, ...]) -> None:
    assert laws_of(states, WORLD) == laws


def test_several_laws_the_worst() -> None:
    assert CountryMark("DE", 1, ("eea", "unknown")).law == "unknown"
    assert CountryMark("DE", 1, ("eea", "other", "us")).law == "us"
    assert CountryMark("DE", 1).law == "unknown"


def test_countries_with_placements_are_filled_by_who_can_compel() -> None:
    root = read(world(MARKS, "en"))
    filled = {each.get("data-country"): each.get("class") for each in having(root, "held")}
    assert filled == {
        "FR": "country member held law-us", "DE": "country member held law-other", "US": "country held law-us",
    }  # fmt: skip
    assert len(list(having(root, "country"))) > 170


def test_marks_of_a_country_are_one() -> None:
    marks = marks_of(read(world(MARKS, "en")))
    assert sorted(marks) == ["", "DE", "FR", "MT", "US"]
    germany = marks["DE"]
    assert germany.attrib | {"aria-label": ""} == {
        "class": "mark law-other verdict-unproven", "data-country": "DE", "data-class": "nir",
        "data-root": "infra/a%20b", "data-company": "beta zeta", "data-verdict": "unproven", "tabindex": "0",
        "role": "button", "aria-label": "",
    }  # fmt: skip
    assert germany.get("aria-label") == title_of(germany)
    assert title_of(germany) == (
        "Germany: 4 placements; unproven; who can compel: another state outside the EEA; companies: beta, zeta"
    )
    assert text_of(germany).split() == ["4", "Germany"]


def test_in_french() -> None:
    marks = marks_of(read(world(MARKS, "fr")))
    assert title_of(marks["FR"]) == (
        "France : 9 emplacements ; violation ; qui peut contraindre : États-Unis ; "
        "entreprises : acme"
    )
    assert text_of(marks[""]) == "5 5 emplacements dans un pays inconnu"


def test_what_has_no_place_on_the_map_is_told_beside_it() -> None:
    root = read(eea(MARKS, "en"))
    assert [text_of(each) for each in having(root, "mark")][-2:] == [
        "5 5 placements in a country that isn't known",
        "16 16 placements outside of this map: United States",
    ]
    assert "outside of this map" not in eea(MARKS[:2], "en")


def test_a_code_that_no_map_has_is_told() -> None:
    for draw in (world, eea):
        assert "outside of this map: ZZ" in draw([CountryMark("ZZ", 2, ("other",))], "en")


def test_a_circle_s_radius_goes_by_the_square_root() -> None:
    marks = marks_of(read(world([CountryMark("US", 9), CountryMark("AU", 4)], "en")))
    america, australia = (disc_of(marks[code]).radius - 2.5 for code in ("US", "AU"))
    assert america / australia == pytest.approx(sqrt(9 / 4))


def test_a_verdict_is_not_told_by_colour_alone() -> None:
    marks = marks_of(read(world(MARKS, "en")))
    dashes = {
        code: next(having(mark, "ring")).get("stroke-dasharray")
        for code, mark in marks.items()
    }
    assert dashes == {"": "4 3", "DE": "4 3", "FR": None, "MT": None, "US": None}


@pytest.mark.parametrize("draw", [world, eea])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_lies_on_anything_else(draw: object, language: str) -> None:
    everywhere = [
        CountryMark(code, 1 + 37 * number % 400, (LAWS[number % 4],), "unproven")
        for number, code in enumerate(
            sorted(outlines().members | {"GB", "CH", "US", "SG", "HK"})
        )
    ]
    root = read(draw(everywhere, language))  # type: ignore[operator]
    width, height = view_of(root)
    discs = [disc_of(mark) for mark in having(root, "mark")]
    for disc in discs:
        left, top, right, bottom = disc.box
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
    for one, other in combinations(discs, 2):
        assert dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius - 0.5


@pytest.mark.parametrize("draw", [world, eea])
@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_mean_harm(draw: object, name: str) -> None:
    marks = [
        CountryMark("FR", 3, ("us",), "violation", (name, "acme"), (name,), (name,)),
        CountryMark(name, 2),
    ]
    root = read(draw(marks, "en"))  # type: ignore[operator]
    (mark,) = [each for each in having(root, "mark") if each.get("data-country") == "FR"]
    assert "acme" in mark.get("data-company", "").split()
    assert len(mark.get("data-company", "").split()) == (2 if name else 1)


@pytest.mark.parametrize("draw", [world, eea])
def test_without_marks_and_every_time_alike(draw: object) -> None:
    assert list(having(read(draw([], "en")), "mark")) == []  # type: ignore[operator]
    assert "country that isn't known" in draw([CountryMark("", 2)], "en")  # type: ignore[operator]
    assert list(having(read(draw([CountryMark("FR", 0)], "en")), "mark")) == []  # type: ignore[operator]
    assert draw(MARKS, "en") == draw(MARKS[::-1], "en")  # type: ignore[operator]


@given(
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400), st.floats(5, 15)), max_size=25)
)
def test_circles_go_apart(given_discs: list[tuple[float, float, float]]) -> None:
    discs = apart([Disc(*each) for each in given_discs], 400, 400)
    for one, other in combinations(discs, 2):
        assert dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius - 0.5


@pytest.mark.parametrize("corner", [(0, 0), (0, 400), (400, 0), (400, 400), (0, 200)])
@pytest.mark.parametrize("count", [2, 3, 8])
def test_circles_go_apart_in_a_corner(corner: tuple[float, float], count: int) -> None:
    discs = apart([Disc(*corner, 10)] * count, 400, 400)
    for one, other in combinations(discs, 2):
        assert dist((one.x, one.y), (other.x, other.y)) >= 19.5


def test_labels_stand_where_there_is_room() -> None:
    disc = Disc(50, 50, 10)
    assert beside(disc, (30, 10), [], (100, 100)) == (63, 45, 93, 55)
    assert beside(disc, (30, 10), [(60, 40, 90, 60)], (100, 100)) == (7, 45, 37, 55)
    assert beside(disc, (200, 10), [], (100, 100)) is None
    assert overlap((0, 0, 2, 2), (1, 1, 3, 3))
    assert not overlap((0, 0, 2, 2), (2, 0, 3, 3))


def test_every_country_of_the_catalogue_has_a_place_and_its_names() -> None:
    catalogue, known = load(), outlines()
    countries = {
        region.country
        for provider in catalogue.providers.values()
        for region in provider.regions.values()
    } - {None}
    assert len(countries) > 45
    assert countries - known.world.countries.keys() == set()
    states = {
        code: (state.en, state.fr)
        for code, state in catalogue.jurisdictions.items()
        if code not in ("EU", "EEA")
    }
    assert {code: known.names.get(code) for code in states} == states
    assert states.keys() - known.world.countries.keys() == set()


def test_the_members_are_those_of_the_catalogue() -> None:
    members = {
        code for code, state in load().jurisdictions.items() if "EEA" in state.areas
    } - {"EU", "EEA"}
    assert outlines().members == members
    assert members - outlines().eea.countries.keys() == set()


def test_microstates_are_points() -> None:
    for on in (outlines().world, outlines().eea):
        bare = [code for code, outline in on.countries.items() if not outline.path]
        assert list(on.points) == bare
        for outline in on.countries.values():
            assert 0 <= outline.at[0] <= on.width
            assert 0 <= outline.at[1] <= on.height
    assert {"SG", "HK", "MT", "LI", "AD", "BH"} <= set(outlines().world.points)
    assert outlines().eea.points == ("MC", "VA")


def test_the_file_says_where_it_comes_from_and_is_small() -> None:
    from importlib.resources import files

    source = outlines().source
    assert "Natural Earth" in source["outlines"]
    assert "public domain" in source["licence"]
    assert source["version"]
    assert source["date"]
    assert len(files("sovlint").joinpath("report/page/outlines.json").read_bytes()) < 300_000


def test_a_law_of_one_state_is_called_like_that() -> None:
    assert [law_name(law, "fr") for law in LAWS] == [
        "États-Unis", "un autre État hors de l'EEE", "inconnu", "États de l'EEE seuls",
    ]  # fmt: skip
