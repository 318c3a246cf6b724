"""``make outlines``: outlines out of a made-up topology of a few squares, on which everything can be counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docs import outlines
from docs.outlines import area, cut, main, middle_of, path, rings_of, unrolled

TRANSFORM = {"scale": [1, 1], "translate": [0, 0]}
NORWAY = [[6, 60], [4, 0], [0, 4], [-4, 0], [0, -4]]
"""A square of four degrees, in steps."""
DATE_LINE = [[176, 0], [8, 0], [0, 8], [-8, 0], [0, -8]]
"""One that crosses the meridian that dates change at."""


def topology(**arcs: list[list[int]]) -> dict[str, Any]:
    """A country of one ring for each number."""
    return {
        "transform": TRANSFORM,
        "arcs": list(arcs.values()),
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": number.strip("n"), "arcs": [[index]]}
                    for index, number in enumerate(arcs)
                ]
            }
        },
    }


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    atlas, countries = tmp_path / "atlas", tmp_path / "countries"
    (countries / "langs").mkdir(parents=True)
    atlas.mkdir()
    small = [[20, 50], [1, 0], [0, 1], [-1, 0], [0, -1]]
    coarse, fine = topology(n578=NORWAY, n242=DATE_LINE), topology(n578=NORWAY, n438=small)
    for name, content in (("110m", coarse), ("50m", fine)):
        (atlas / f"countries-{name}.json").write_text(json.dumps(content))
    codes = [["NO", "NOR", "578", ""], ["FJ", "FJI", "242", ""], ["LI", "LIE", "438", ""]]
    (countries / "codes.json").write_text(json.dumps(codes))
    for language, name in (("en", ["Fiji", "Fidji"]), ("fr", "Fidji")):
        (countries / f"langs/{language}.json").write_text(
            json.dumps({"countries": {"FJ": name}})
        )
    for folder in (atlas, countries):
        (folder / "package.json").write_text('{"version": "9.8.7"}')
    return atlas, countries


def test_the_whole_file(packages: tuple[Path, Path]) -> None:
    whole = outlines.made(*packages, "2026-11-28")
    assert whole["names"] == {
        "FJ": ["Fiji", "Fidji"], "LI": ["Liechtenstein", "Liechtenstein"], "NO": ["Norway", "Norvège"],
    }  # fmt: skip
    assert whole["members"] == ["LI", "NO"]
    assert whole["source"]["version"] == "9.8.7"
    assert whole["source"]["date"] == "2026-11-28"
    assert whole["world"]["points"] == ["LI"]
    assert set(whole["world"]["countries"]) == {"FJ", "LI", "NO"}
    assert set(whole["eea"]["countries"]) == {"LI", "NO"}
    assert whole["world"]["countries"]["FJ"]["path"].count("M") == 1, "it is cut elsewhere"


def test_a_ring_across_the_date_line_goes_on() -> None:
    ring = [(176.0, 0.0), (-176.0, 0.0), (-176.0, 8.0), (176.0, 8.0)]
    assert unrolled(ring) == [(176, 0), (184, 0), (184, 8), (176, 8)]
    assert unrolled([(-179.0, 0.0), (179.0, 1.0), (-179.0, 2.0)]) == [
        (-179, 0),
        (-181, 1),
        (-179, 2),
    ]


def test_arcs_go_both_ways() -> None:
    shared = topology(n1=[[0, 0], [2, 0], [0, 2]])
    shared["arcs"].append([[2, 2], [-2, 0], [0, -2]])
    geometries = shared["objects"]["countries"]["geometries"]
    geometries[0] = {"type": "MultiPolygon", "id": "1", "arcs": [[[0, 1]], [[~1, ~0]]]}
    ((number, polygons),) = rings_of(shared)
    assert number == "1"
    assert polygons == [
        [[(0, 0), (2, 0), (2, 2), (0, 2)]],
        [[(0, 0), (0, 2), (2, 2), (2, 0)]],
    ]


def test_cutting() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    half = cut(square, 0, 5, keep_below=True)
    assert sorted(half) == [(0, 0), (0, 10), (5, 0), (5, 10)]
    assert cut(square, 1, 20, keep_below=False) == []
    assert area([(0, 0), (100, 0), (100, 100), (0, 100)]) == 100


def test_the_middle_is_inside() -> None:
    horseshoe = [
        (0.0, 0.0),
        (90.0, 0.0),
        (90.0, 90.0),
        (60.0, 90.0),
        (60.0, 30.0),
        (0.0, 30.0),
    ]
    x, y = middle_of([horseshoe])
    assert 60 < x < 90 or y < 30
    around = [
        [(0.0, 0.0), (90.0, 0.0), (90.0, 90.0), (0.0, 90.0)],
        [(20.0, 20.0), (70.0, 20.0), (70.0, 70.0), (20.0, 70.0)],
    ]
    x, y = middle_of(around)
    assert not (20 < x < 70 and 20 < y < 70)


def test_a_path_is_steps() -> None:
    assert path([[(1, 2), (4, 0), (4, 5)]]) == "M1 2l3-2 0 5z"


def test_as_a_command(
    packages: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = outlines.ROOT / "sovlint/report/page/outlines.json"
    before = out.read_bytes()
    monkeypatch.setattr(outlines, "OUT", tmp_path / "out.json")
    assert main([*map(str, packages), "--date", "2026-11-28"]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'out.json'}: ")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["members"] == [
        "LI",
        "NO",
    ]
    assert out.read_bytes() == before
