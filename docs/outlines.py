"""``make outlines``: the outlines of countries that the maps of a report are drawn from, as one small file.

It takes two unpacked npm packages: ``world-atlas``, which is Natural Earth (public domain) as TopoJSON, and
``i18n-iso-countries``, which has the codes, and the names that the catalogue hasn't. What comes out is projected, in
whole tenths of a unit of the drawing, and read by ``sovlint/report/page/outlines.py``.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "sovlint/report/page/outlines.json"

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
"""An outer ring, and its holes."""

LEFT_OUT: Final = {"AQ"}
"""Nobody's: it would take a fifth of the map of the world."""


class Map(NamedTuple):
    """How one map is drawn: ``project`` takes degrees to units; outlines are cut at ``width`` and ``height``."""

    name: str
    scale: str
    projection: str
    width: int
    height: int
    middle: float
    """The meridian in the middle: outlines are cut where they are furthest from it."""
    reach: float
    """Rings all of whose points are further than so many degrees from the middle of the map are left out."""
    project: Callable[[float, float], Point]
    smallest: float
    """A ring of a smaller area is left out; a country of which nothing is left is a point."""


def _equal_earth(longitude: float, latitude: float) -> Point:
    """Equal Earth (Šavrič, Patterson and Jenny, 2018), around 11° east, so that no land is cut in Asia."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    six = square**3
    x = 2 * math.sqrt(3) * math.radians(longitude - 11) * math.cos(theta)
    x /= 3 * (9 * a4 * six * square + 7 * a3 * six + 3 * a2 * square + a1)
    y = theta * (a4 * six * square + a3 * six + a2 * square + a1)
    return 500 + x * 183, 250 - y * 183


def _lambert(longitude: float, latitude: float) -> Point:
    """Lambert's azimuthal equal-area projection around 10° east, 52° north, as European statistics have it."""
    turned = math.radians(longitude - 10)
    phi, middle = math.radians(latitude), math.radians(52)
    beside = math.sin(middle) * math.sin(phi) + math.cos(middle) * math.cos(phi) * math.cos(
        turned
    )
    radius = 6371 * math.sqrt(2 / max(1 + beside, 1e-9))
    x = radius * math.cos(phi) * math.sin(turned)
    y = math.cos(middle) * math.sin(phi) - math.sin(middle) * math.cos(phi) * math.cos(turned)
    return 330 + x * 0.15, 345 - radius * y * 0.15


MAPS: Final = (
    Map("world", "110m", "Equal Earth", 1000, 445, 11, 360, _equal_earth, 0.4),
    Map("eea", "50m", "Lambert azimuthal equal-area", 660, 660, 10, 60, _lambert, 1.0),
)


def rings_of(topology: Mapping[str, Any]) -> Iterator[tuple[str, list[Polygon]]]:
    """The countries of a topology: ISO's number (empty where there is none) and polygons in degrees."""
    arcs = [_arc(each, topology["transform"]) for each in topology["arcs"]]

    def ring(numbers: Iterable[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            piece = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += piece[1:] if points else piece
        return points[:-1]

    for each in topology["objects"]["countries"]["geometries"]:
        polygons = each["arcs"] if each["type"] == "MultiPolygon" else [each["arcs"]]
        yield each.get("id", ""), [[ring(one) for one in polygon] for polygon in polygons]


def _arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Ring:
    """An arc in degrees: what is written are steps on a grid."""
    x = y = 0
    points: Ring = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        ))  # fmt: skip
    return points


def unrolled(ring: Ring) -> Ring:
    """A ring whose longitudes go on past 180 degrees, where it crosses that meridian."""
    turns, previous, found = 0, ring[0][0], []
    for x, y in ring:
        turns += (x - previous < -180) - (x - previous > 180)
        previous = x
        found.append((x + 360 * turns, y))
    return found


def cut(ring: Ring, axis: int, edge: float, keep_below: bool) -> Ring:
    """What of a ring lies on one side of a line (Sutherland and Hodgman)."""
    sign = 1 if keep_below else -1
    found: Ring = []
    for before, after in zip(ring[-1:] + ring[:-1], ring, strict=True):
        inside, was_inside = (
            sign * (after[axis] - edge) <= 0,
            sign * (before[axis] - edge) <= 0,
        )
        if inside != was_inside:
            part = (edge - before[axis]) / (after[axis] - before[axis])
            found.append((
                before[0] + part * (after[0] - before[0]), before[1] + part * (after[1] - before[1]),
            ))  # fmt: skip
        if inside:
            found.append(after)
    return found


def _within(ring: Ring, box: tuple[Point, Point]) -> Ring:
    """What of a ring lies in a box of two corners."""
    for axis in (0, 1):
        for edge, keep_below in ((box[0][axis], False), (box[1][axis], True)):
            ring = cut(ring, axis, edge, keep_below) if ring else ring
    return ring


def placed(ring: Ring, on: Map) -> Iterator[Ring]:
    """A ring of degrees as rings of units, in tenths, each within the map."""
    if all(math.dist(point, (on.middle, 52)) > on.reach for point in ring):
        return
    opposite = on.middle - 180
    whole = unrolled(ring)
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in whole]
        part = _within(moved, ((opposite, -90), (opposite + 360, 90)))
        drawn = [on.project(x, y) for x, y in part]
        drawn = _within(drawn, ((0, 0), (on.width, on.height)))
        tenths = _whole(drawn)
        if len(tenths) > 2:
            yield tenths


def _whole(ring: Ring) -> Ring:
    """A ring in whole tenths, without points that are where the one before is."""
    found: Ring = []
    for x, y in ring:
        point = (float(round(x * 10)), float(round(y * 10)))
        if not found or found[-1] != point:
            found.append(point)
    return found


def area(ring: Ring) -> float:
    """The area of a ring of tenths, in square units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 200


def path(rings: Iterable[Ring]) -> str:
    """Rings as the text of an SVG path, in steps."""
    pieces = []
    for ring in rings:
        x, y = ring[0]
        steps = [f"M{x:.0f} {y:.0f}l"]
        for to_x, to_y in ring[1:]:
            steps.append(f"{to_x - x:.0f} {to_y - y:.0f}")
            x, y = to_x, to_y
        pieces.append(" ".join(steps).replace("l ", "l").replace(" -", "-") + "z")
    return "".join(pieces)


def middle_of(polygon: Polygon) -> Point:
    """Of a polygon, the point furthest from its edges, of those on a grid that is drawn ever finer."""
    xs, ys = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
    centre, size = (
        ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2),
        max(max(xs) - min(xs), max(ys) - min(ys), 1.0),
    )
    for _ in range(7):
        tried = [
            (centre[0] + size * i / 8, centre[1] + size * j / 8)
            for i in range(-4, 5) for j in range(-4, 5)
        ]  # fmt: skip
        centre = max([centre, *tried], key=lambda point: _depth(point, polygon))
        size /= 3
    return centre


def _depth(point: Point, polygon: Polygon) -> float:
    """How far inside of a polygon a point lies; negative where it is outside."""
    inside, nearest = False, math.inf
    for ring in polygon:
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            if (a[1] > point[1]) != (b[1] > point[1]):
                crossing = a[0] + (point[1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
                inside ^= point[0] < crossing
            nearest = min(nearest, _distance(point, a, b))
    return nearest if inside else -nearest


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (a[0] + along * dx, a[1] + along * dy))


def drawn(
    countries: Iterable[tuple[str, list[Polygon]]],
    codes: Mapping[str, str],
    on: Map,
    but: Container[str] = LEFT_OUT,
) -> tuple[dict[str, dict[str, Any]], list[Ring]]:
    """The outlines of a map by code, with where a mark stands, in units; and the land that has no code."""
    found: dict[str, list[Polygon]] = {}
    for number, polygons in countries:
        code = codes.get(number, "")
        if code not in but:
            found.setdefault(code, []).extend(_polygons(polygons, on))
    nobodys = [
        ring for polygon in found.pop("", []) for ring in polygon if area(ring) > on.smallest
    ]
    return {code: _outline(found[code], on) for code in sorted(found) if found[code]}, nobodys


def _polygons(polygons: list[Polygon], on: Map) -> Iterator[Polygon]:
    for outer, *holes in polygons:
        inner = [ring for hole in holes for ring in placed(hole, on)]
        for number, ring in enumerate(placed(outer, on)):
            yield [ring, *(inner if number == 0 else [])]


def _outline(polygons: list[Polygon], on: Map) -> dict[str, Any]:
    largest = max(polygons, key=lambda polygon: area(polygon[0]))
    x, y = middle_of(largest)
    entry: dict[str, Any] = {"at": [round(x / 10, 1), round(y / 10, 1)]}
    rings = [ring for polygon in polygons for ring in polygon if area(ring) > on.smallest]
    if rings:
        entry["path"] = path(rings)
    return entry


def names_of(package: Path, codes: Iterable[str]) -> dict[str, list[str]]:
    """What countries are called in English and French: as the catalogue has it, else the package."""
    states = _states()
    given = [
        json.loads((package / f"langs/{language}.json").read_text(encoding="utf-8"))[
            "countries"
        ]
        for language in ("en", "fr")
    ]
    return {
        code: [states[code]["en"], states[code]["fr"]]
        if code in states
        else [_first(names.get(code, code)) for names in given]
        for code in sorted(codes)
    }


def _states() -> dict[str, Any]:
    """The states of the catalogue by code."""
    text = (ROOT / "sovlint/catalog/jurisdictions.yaml").read_text(encoding="utf-8")
    # Not as YAML 1.1 has it, where the code of Norway means false.
    states: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)["jurisdictions"]
    return states


def _first(name: str | list[str]) -> str:
    return name if isinstance(name, str) else name[0]


def made(atlas: Path, countries: Path, day: str) -> dict[str, Any]:
    """The whole file, from two unpacked packages."""
    codes = {
        number: code
        for code, _, number, _ in json.loads(
            (countries / "codes.json").read_text(encoding="utf-8")
        )
    }
    read = {
        scale: list(
            rings_of(
                json.loads((atlas / f"countries-{scale}.json").read_text(encoding="utf-8"))
            )
        )
        for scale in ("110m", "50m")
    }
    maps: dict[str, Any] = {}
    for on in MAPS:
        outlines, nobodys = drawn(read[on.scale], codes, on)
        small, _ = drawn(read["50m"], codes, on, but=LEFT_OUT | outlines.keys())
        points = {code: {"at": entry["at"]} for code, entry in small.items()}
        whole = dict(sorted({**outlines, **points}.items()))
        maps[on.name] = {
            "projection": on.projection, "scale": on.scale, "width": on.width, "height": on.height,
            "points": [code for code, entry in whole.items() if "path" not in entry],
            "nobody": path(nobodys), "countries": whole,
        }  # fmt: skip
    shown = {code for each in maps.values() for code in each["countries"]}
    return {
        "source": {
            "outlines": "Natural Earth 4.1.0, Admin 0 countries, by the npm package world-atlas",
            "version": _version(atlas), "licence": "public domain (the package: ISC)",
            "names": "the catalogue; of what it hasn't, the npm package i18n-iso-countries",
            "names_version": _version(countries), "names_licence": "MIT", "date": day,
        },
        "names": names_of(countries, shown),
        "members": sorted(
            code for code, state in _states().items() if "EEA" in state.get("areas", ()) and code in shown
        ),
        **maps,
    }  # fmt: skip


def _version(package: Path) -> str:
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file; the exit code."""
    parser = argparse.ArgumentParser(
        description="Make the outlines that the maps are drawn from."
    )
    parser.add_argument("atlas", type=Path, help="the unpacked npm package world-atlas")
    parser.add_argument(
        "countries", type=Path, help="the unpacked npm package i18n-iso-countries"
    )
    parser.add_argument(
        "--date", default=date.today().isoformat(), help="the day to write into it"
    )
    given = parser.parse_args(arguments)
    whole = made(given.atlas, given.countries, given.date)
    lines = json.dumps(whole, ensure_ascii=False, indent=0, separators=(",", ":"))
    OUT.write_text(lines + "\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
