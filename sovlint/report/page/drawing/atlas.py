"""The two maps: where placements lie, and who can compel there. Pure: marks in, SVG out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.page.drawing.marks import (
    DASHES_OF_RINGS,
    LAWS,
    NAME,
    RING,
    CountryMark,
    attributes_of,
    circle,
    joined_marks,
    law_name,
    mark_told,
    radius_of,
)
from sovlint.report.page.drawing.spread import Box, Disc, apart, beside
from sovlint.report.page.drawing.svg import (
    element,
    fitted,
    title,
    verdict_class,
    width_of,
    words,
)
from sovlint.report.page.outlines import OutlineMap, outlines

# --- What stands below a map: placements that have no place on it, and what colours and rings mean.

_LINE: Final = 24.0
"""Of what colours mean, below a map."""
_GAP: Final = 6.0
"""Between what stands below a map."""


def drawn_below(
    on: OutlineMap, joined: Sequence[CountryMark], language: str
) -> tuple[list[str], float]:
    """What is told below a map, and how high it is: placements that have no place on it, then what colours mean."""
    pieces: list[str] = []
    y = on.height + _GAP
    outside = [mark for mark in joined if mark.country and mark.country not in on.countries]
    for marks, where in (
        (
            [mark for mark in joined if mark.country is None],
            phrase("drawings.nowhere", language),
        ),
        (outside, _outside(outside, language)),
    ):
        if marks:
            mark = _whole(marks)
            radius = radius_of(mark.count, 0) + RING
            pieces.append(_apart_from(mark, y + radius, (on.width, where), language))
            y += 2 * radius + _GAP
    entries, rows = _legend(on.width, y + NAME, language)
    return [*pieces, *entries], y + rows * _LINE - on.height


def _outside(marks: Sequence[CountryMark], language: str) -> str:
    """Where marks lie that aren't on the map."""
    names = tuple(sorted(outlines().name(mark.country or "", language) for mark in marks))
    return phrase("drawings.outside", language, countries=names)


def _whole(marks: Sequence[CountryMark]) -> CountryMark:
    """Marks as one that is nowhere."""
    (joined,) = joined_marks([structs.replace(mark, country=None) for mark in marks])
    return joined


def _apart_from(mark: CountryMark, y: float, room: tuple[float, str], language: str) -> str:
    """A mark that has no place on the map, and why, in words beside it; ``room``: the width, and the words."""
    width, where = room
    placements = counted("drawings.placements", mark.count, language)
    told = mark_told(mark, where, language)
    radius = radius_of(mark.count, 0)
    place = Disc(radius + RING + 3, y, radius + RING)
    x = place.x + place.radius + 6
    text = element(
        "text",
        {"class": "name", "x": x, "y": y + NAME * 0.36},
        words(fitted(f"{placements} {where}", width - x, NAME)),
    )
    return element("g", attributes_of(mark, told), title(told), *circle(mark, place), text)


def _legend(width: float, y: float, language: str) -> tuple[list[str], int]:
    """What colours and rings mean, in as many rows as it takes: laws, then verdicts."""
    laws = [(f"law-{law}", law_name(law, language)) for law in (LAWS[-1], *LAWS[:-1])]
    verdicts = [
        (verdict_class(each), phrase(f"drawings.{verdict_class(each)}", language))
        for each in DASHES_OF_RINGS
    ]
    entries: list[str] = []
    rows = 0
    for key, samples in (("drawings.law", laws), ("drawings.verdict", verdicts)):
        heading = labelled(phrase(key, language), language)
        entries.append(
            element(
                "text",
                {"class": "name heading", "x": 4, "y": y + rows * _LINE},
                words(heading),
            )
        )
        x = 4 + 1.15 * width_of(heading, NAME) + 8  # it is bold
        for kind, text in samples:
            taken = 36 + width_of(text, NAME)
            if x + taken > width:
                x, rows = 4.0, rows + 1
            entries.append(_sample(kind, text, x, y + rows * _LINE))
            x += taken
        rows += 1
    return entries, rows


def _sample(kind: str, text: str, x: float, y: float) -> str:
    """What one colour or one ring means."""
    middle = y - NAME * 0.36
    ring = {"class": "ring", "cx": x + 9, "cy": middle, "r": 6.0, "fill": "none"}
    shape = (
        element(
            "rect",
            {"class": "area", "x": x, "y": middle - 6, "width": 18, "height": 12, "rx": 2},
        )
        if kind.startswith("law-")
        else element(
            "circle",
            {**ring, "stroke-dasharray": DASHES_OF_RINGS[kind.removeprefix("verdict-")]},
        )
    )
    label = element("text", {"class": "name", "x": x + 23, "y": y}, words(text))
    return element("g", {"class": f"legend {kind}"}, shape, label)


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
