"""The two maps: where placements lie, and who can compel there. Pure: marks in, SVG out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sovlint.report.messages import phrase
from sovlint.report.page.drawing.map_legend import drawn_below
from sovlint.report.page.drawing.marks import (
    NAME,
    RING,
    CountryMark,
    attributes_of,
    circle,
    joined_marks,
    mark_told,
    radius_of,
)
from sovlint.report.page.drawing.spread import Box, Disc, apart, beside
from sovlint.report.page.drawing.svg import element, title, width_of, words
from sovlint.report.page.outlines import OutlineMap, outlines

LARGEST: Final = {"world": 19.0, "eea": 26.0}
"""The radius of a circle, at most: Europe is small on a map of the world."""
_FEW: Final = 24
"""So many circles have room to be that large."""
_STEP: Final = 5.0
"""The radius of a circle for one placement, where the largest isn't too large by that."""


def world(marks: Sequence[CountryMark], language: str) -> str:
    """The map of the world, as SVG."""
    known = outlines()
    return _map(known.world, marks, language, "world")


def eea(marks: Sequence[CountryMark], language: str) -> str:
    """The map of the European Economic Area and what is around it, as SVG."""
    known = outlines()
    return _map(known.eea, marks, language, "eea")


def _map(on: OutlineMap, marks: Sequence[CountryMark], language: str, kind: str) -> str:
    """A map with its marks, and below it what has no place on it, and what the colours mean."""
    joined = joined_marks(marks)
    shown = [mark for mark in joined if mark.country in on.countries]
    below, height = drawn_below(on, joined, language)
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "class": f"drawing atlas atlas-{kind}", "lang": language,
            "viewBox": f"0 0 {on.width} {on.height + height:.0f}", "role": "group",
            "aria-label": phrase(f"drawings.{kind}", language),
        },
        element("rect", {"class": "sea", "width": on.width, "height": on.height}),
        _land(on, {mark.country: mark for mark in shown}),
        *_marks(on, shown, language, kind),
        *below,
    )  # fmt: skip


def _land(on: OutlineMap, marks: dict[str | None, CountryMark]) -> str:
    """Every country: those with placements filled by who can compel."""
    members = outlines().members
    drawn = [element("path", {"class": "country", "d": on.nobody})] if on.nobody else []
    held: list[str] = []
    for code, outline in on.countries.items():
        if not outline.path:
            continue
        mark = marks.get(code)
        kinds = ["country", *(["member"] if code in members else [])]
        if mark is not None:
            kinds += ["held", f"law-{mark.law}"]
        attributes = {"class": " ".join(kinds), "data-country": code, "d": outline.path}
        (drawn if mark is None else held).append(element("path", attributes))
    whole = {
        "class": "land",
        "transform": "scale(.1)",
        "fill-rule": "evenodd",
        "aria-hidden": "true",
    }
    return element("g", whole, *drawn, *held)


def _marks(
    on: OutlineMap, shown: Sequence[CountryMark], language: str, kind: str
) -> list[str]:
    """A circle for each country, the count in it, and its name beside it where there is room."""
    homes = [on.countries[mark.country or ""].at for mark in shown]
    highest = max((mark.count for mark in shown), default=1)
    room = min(1.0, math.sqrt(_FEW / max(len(shown), 1)))
    step = min(_STEP, LARGEST[kind] * room / math.sqrt(highest))
    discs = apart(
        [
            Disc(x, y, radius_of(mark.count, step) + RING)
            for (x, y), mark in zip(homes, shown, strict=True)
        ],
        on.width,
        on.height,
    )
    names = _names(on, shown, discs, language)
    leaders = [
        piece
        for (x, y), disc in zip(homes, discs, strict=True)
        if math.dist((x, y), (disc.x, disc.y)) > disc.radius
        for piece in (
            element(
                "path",
                {"class": "leader", "d": f"M{x:.1f} {y:.1f}L{disc.x:.1f} {disc.y:.1f}"},
            ),
            element("circle", {"class": "home", "cx": x, "cy": y, "r": 1.8}),
        )
    ]
    circles = [
        _mark(mark, disc, name, language)
        for mark, disc, name in zip(shown, discs, names, strict=True)
    ]
    return [element("g", {"class": "leaders", "aria-hidden": "true"}, *leaders), *circles]


def _names(
    on: OutlineMap, shown: Sequence[CountryMark], discs: Sequence[Disc], language: str
) -> list[Box | None]:
    """Where the names of countries fit, those with most placements first."""
    taken: list[Box] = [disc.box for disc in discs]
    found: list[Box | None] = [None] * len(shown)
    for index in sorted(range(len(shown)), key=lambda index: (-shown[index].count, index)):
        name = outlines().name(shown[index].country or "", language)
        size = (width_of(name, NAME), NAME * 1.2)
        box = beside(discs[index], size, taken, (on.width, on.height))
        found[index] = box
        if box is not None:
            taken.append(box)
    return found


def _mark(mark: CountryMark, disc: Disc, name: Box | None, language: str) -> str:
    """A circle that can be opened."""
    country = outlines().name(mark.country or "", language)
    told = mark_told(mark, country, language)
    inner = [title(told), *circle(mark, disc)]
    if name is not None:
        at = {"class": "name", "x": name[0], "y": name[3] - NAME * 0.3}
        inner.append(element("text", at, words(country)))
    return element("g", attributes_of(mark, told), *inner)
