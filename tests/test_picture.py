"""``make picture``: rooms, floors, arrows and circles of a package that is small enough to count them by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.picture import (
    circles_in,
    floors_of,
    import_graph,
    main,
    picture_of,
    svg_of,
    text_of,
)

HOUSE: Mapping[str, tuple[str, ...]] = {
    "house": (),
    "house.roof": ("house.left.top", "house.left.bottom", "house.cellar"),
    "house.left": (),
    "house.left.top": ("house.left.bottom", "house.right"),
    "house.left.bottom": ("house.cellar",),
    "house.right": ("house.cellar",),
    "house.cellar": (),
    "house.shed": (),
}
ROUND: Mapping[str, tuple[str, ...]] = {**HOUSE, "house.right": ("house.left.bottom",)}
"""Two rooms that import each other, by files that don't."""


def test_rooms_stand_above_what_they_import() -> None:
    picture = picture_of(HOUSE, "house")
    assert floors_of(picture) == [["cellar", "shed"], ["right"], ["left"], ["roof"]]
    assert picture.rooms == {"roof": 1, "left": 3, "right": 1, "cellar": 1, "shed": 1}
    assert picture.arrows == {
        ("roof", "left"): 2, ("roof", "cellar"): 1, ("left", "right"): 1, ("left", "cellar"): 1, ("right", "cellar"): 1,
    }  # fmt: skip
    assert (
        picture.summary()
        == "house: 5 rooms, 4 floors, 5 arrows, no circle of rooms, no circle of files"
    )


def test_rooms_of_a_circle_share_a_floor() -> None:
    picture = picture_of(ROUND, "house")
    assert floors_of(picture) == [["cellar", "shed"], ["left", "right"], ["roof"]]
    assert (picture.circles, picture.file_circles) == ([["left", "right"]], [])
    assert "1 circle of rooms" in picture.summary()
    assert text_of(picture).endswith("\ncircle: left, right\n")


def test_the_inside_of_one_room() -> None:
    picture = picture_of(HOUSE, "house.left")
    assert text_of(picture).splitlines() == [
        "house/left: 2 rooms, 2 floors, 1 arrow, no circle of rooms, no circle of files",
        "",
        "  2  top       1  -> bottom 1",
        "",
        "  1  bottom    1",
    ]


def test_a_package_s_own_module_is_a_room_where_it_takes_part() -> None:
    picture = picture_of(
        {**HOUSE, "house": ("house.roof",), "house.shed": ("house",)}, "house"
    )
    assert floors_of(picture)[-3:] == [["roof"], ["__init__"], ["shed"]]


@pytest.mark.parametrize(
    ("graph", "circles"),
    [
        ({}, []),
        ({"a": [], "b": ["a"]}, []),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, [["a", "b"]]),
        (
            {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": ["d"]},
            [["a", "b", "c"], ["d", "e"]],
        ),
    ],
)
def test_circles(graph: dict[str, list[str]], circles: list[list[str]]) -> None:
    assert circles_in(graph) == circles


def test_imports_for_types_and_late_ones_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "__init__": "",
        "first": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from drawn_house import second\n",
        "second": "def late():\n    from drawn_house import first\n",
    }
    (tmp_path / "drawn_house").mkdir()
    for name, text in files.items():
        (tmp_path / "drawn_house" / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert circles_in(import_graph("drawn_house")) == [
        ["drawn_house.first", "drawn_house.second"]
    ]


def test_the_drawing_has_every_room_and_arrow() -> None:
    picture = picture_of(ROUND, "house")
    drawing = ET.fromstring(svg_of(picture))
    space = {"svg": "http://www.w3.org/2000/svg"}
    texts = {each.text for each in drawing.findall("svg:text", space)}
    assert texts == {
        picture.summary(),
        "roof (1)",
        "left (3)",
        "right (1)",
        "cellar (1)",
        "shed (1)",
    }
    titles = {each.text for each in drawing.findall("svg:g/svg:title", space)}
    assert titles == {
        f"{upper} imports {lower}: {count}"
        for (upper, lower), count in picture.arrows.items()
    }
    red = drawing.findall("svg:g/svg:path[@class='arrow circle']", space)
    assert len(red) == 2


def test_it_is_written_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--room", "sovlint/model/", "--out", str(tmp_path / "model.svg")]) == 0
    assert ET.parse(tmp_path / "model.svg").getroot().tag.endswith("svg")
    assert capsys.readouterr().out.startswith("sovlint/model: ")
    assert main(["--room", "model"]) == 0
    assert "  1  " in capsys.readouterr().out


@pytest.mark.parametrize("room", ["nowhere", "cli.py", "..", "model/value"])
def test_a_room_that_isn_t_there(room: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--room", room]) == 2
    assert capsys.readouterr().err == f"sovlint has no folder {room} with modules in it\n"
