"""The two maps: where placements lie, and who can compel there. Pure: marks in, SVG out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, structs

from sovlint.model.world import World
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.page.outlines import OutlineMap, Outlines, outlines
from sovlint.report.page.spread import Box, Disc, apart, beside
from sovlint.report.page.svg import (
    element,
    filtered_by,
    fitted,
    title,
    token,
    verdict_class,
    width_of,
    words,
    worst,
)

LAWS: Final = ("us", "other", "unknown", "eea")
"""Whose law reaches a placement, the worst first. Each is a class of the style: ``law-us``."""

_AREA: Final = "EEA"
LARGEST: Final = {"world": 19.0, "eea": 26.0}
"""The radius of a circle, at most: Europe is small on a map of the world."""
_STEP: Final = 5.0
"""The radius of a circle for one placement, where the largest isn't too large by that."""
_SMALLEST: Final = 9.0
_RING: Final = 4.0
"""How far the ring of the verdict stands out from a circle."""
_COUNT: Final = 12.0
_NAME: Final = 13.0
_LINE: Final = 24.0
"""Of what colours mean, below a map."""
_GAP: Final = 6.0
"""Between what stands below a map."""
_NAMED: Final = 8
"""Companies that are named in what a pointer shows."""
_DASHES: Final = {"violation": None, "unproven": "4 3", "compliant": None}


class CountryMark(Struct, frozen=True):
    """What lies in one country. Several marks of a country are drawn as one.

    ``country`` is its code (ISO 3166-1 alpha-2), ``None`` where it isn't known. ``compelled_by`` are members of
    ``LAWS``; none means that nobody knows. ``verdict`` is the worst, ``None`` where nothing was judged. ``companies``,
    ``classes`` and ``roots`` are ids, which become ``data-`` attributes.
    """

    country: str | None
    count: int
    compelled_by: tuple[str, ...] = ()
    verdict: str | None = None
    companies: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()

    @property
    def law(self) -> str:
        """The worst of the laws that reach what lies there."""
        return next((law for law in LAWS if law in self.compelled_by), "unknown")


def laws_of(states: Iterable[str] | None, world: World) -> tuple[str, ...]:
    """The members of ``LAWS`` for the states that can compel a company; ``None`` where they aren't known."""
    found = {"unknown"} if states is None else {_law(code, world) for code in states}
    return tuple(law for law in LAWS if law in found)


def _law(code: str, world: World) -> str:
    state = world.states.get(code)
    if state is not None and _AREA in state.areas:
        return "eea"
    return code.lower() if code.lower() in LAWS else "other"


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
    joined = _joined(marks)
    shown = [mark for mark in joined if mark.country in on.countries]
    below, height = _below(on, joined, language)
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


def _joined(marks: Sequence[CountryMark]) -> list[CountryMark]:
    """One mark a country, in the order of their codes; the unknown one last."""
    found: dict[str | None, CountryMark] = {}
    for mark in marks:
        if mark.count <= 0:
            continue
        laws = mark.compelled_by or ("unknown",)
        country = mark.country or None
        before = found.get(country)
        found[country] = (
            structs.replace(mark, country=country, compelled_by=laws)
            if before is None
            else CountryMark(
                country,
                before.count + mark.count,
                before.compelled_by + laws,
                worst((before.verdict, mark.verdict)),
                before.companies + mark.companies,
                before.classes + mark.classes,
                before.roots + mark.roots,
            )
        )
    return [found[code] for code in sorted(found, key=lambda code: (code is None, code or ""))]


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


def _marks(on: OutlineMap, shown: Sequence[CountryMark], language: str, kind: str) -> list[str]:
    """A circle for each country, the count in it, and its name beside it where there is room."""
    homes = [on.countries[mark.country or ""].at for mark in shown]
    largest = max((mark.count for mark in shown), default=1)
    step = min(_STEP, LARGEST[kind] / math.sqrt(largest))
    discs = apart(
        [
            Disc(x, y, _radius(mark.count, step) + _RING)
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
                "path", {"class": "leader", "d": f"M{x:.1f} {y:.1f}L{disc.x:.1f} {disc.y:.1f}"}
            ),
            element("circle", {"class": "home", "cx": x, "cy": y, "r": 1.8}),
        )
    ]
    circles = [
        _mark(mark, disc, name, language)
        for mark, disc, name in zip(shown, discs, names, strict=True)
    ]
    return [element("g", {"class": "leaders", "aria-hidden": "true"}, *leaders), *circles]


def _radius(count: int, step: float) -> float:
    """The radius of a circle: by the square root of what it counts, and never so small that it can't be read."""
    return max(_SMALLEST, step * math.sqrt(count), width_of(str(count), _COUNT) / 2 + 3)


def _names(
    on: OutlineMap, shown: Sequence[CountryMark], discs: Sequence[Disc], language: str
) -> list[Box | None]:
    """Where the names of countries fit, those with most placements first."""
    taken: list[Box] = [disc.box for disc in discs]
    found: list[Box | None] = [None] * len(shown)
    for index in sorted(range(len(shown)), key=lambda index: (-shown[index].count, index)):
        name = outlines().name(shown[index].country or "", language)
        size = (width_of(name, _NAME), _NAME * 1.2)
        box = beside(discs[index], size, taken, (on.width, on.height))
        found[index] = box
        if box is not None:
            taken.append(box)
    return found


def _mark(mark: CountryMark, disc: Disc, name: Box | None, language: str) -> str:
    """A circle that can be opened."""
    country = outlines().name(mark.country or "", language)
    told = _told(mark, country, language)
    inner = [title(told), *_circle(mark, disc)]
    if name is not None:
        at = {"class": "name", "x": name[0], "y": name[3] - _NAME * 0.3}
        inner.append(element("text", at, words(country)))
    return element("g", _attributes(mark, told), *inner)


def _attributes(mark: CountryMark, told: str) -> dict[str, object]:
    return {
        "class": f"mark law-{mark.law} {verdict_class(mark.verdict)}",
        "data-country": token(mark.country or ""),
        **filtered_by(mark.classes, mark.roots, mark.companies, mark.verdict),
        "tabindex": 0,
        "role": "button",
        "aria-label": told,
    }


def _circle(mark: CountryMark, disc: Disc) -> list[str]:
    """The circle with its count, and the ring around it that shows the verdict: thick, dashed or thin."""
    at = {"cx": disc.x, "cy": disc.y}
    ring = {**at, "class": "ring", "r": disc.radius - 1.5, "fill": "none"}
    text = {"class": "count", "x": disc.x, "y": disc.y + _COUNT * 0.36, "text-anchor": "middle"}
    return [
        element("circle", {**ring, "stroke-dasharray": _DASHES.get(mark.verdict or "")}),
        element("circle", {**at, "class": "disc", "r": disc.radius - _RING}),
        element("text", text, str(mark.count)),
    ]


def _told(mark: CountryMark, where: str, language: str) -> str:
    """A mark in a sentence."""
    said = phrase(
        "drawings.mark",
        language,
        country=where,
        placements=counted("drawings.placements", mark.count, language),
        verdict=phrase(f"drawings.{verdict_class(mark.verdict)}", language),
        law=law_name(mark.law, language),
    )
    companies = sorted(set(mark.companies))
    if not companies:
        return said
    more = ["…"] if len(companies) > _NAMED else []
    return phrase("drawings.companies", language, mark=said, companies=(*companies[:_NAMED], *more))


def law_name(law: str, language: str) -> str:
    """A member of ``LAWS`` in words: one that is a state's is called like that."""
    known: Outlines = outlines()
    if law.upper() in known.names:
        return known.name(law.upper(), language)
    return phrase(f"drawings.law-{law}", language)


def _below(on: OutlineMap, joined: Sequence[CountryMark], language: str) -> tuple[list[str], float]:
    """What is told below a map, and how high it is: placements that have no place on it, then what colours mean."""
    pieces: list[str] = []
    y = on.height + _GAP
    outside = [mark for mark in joined if mark.country and mark.country not in on.countries]
    for marks, where in (
        ([mark for mark in joined if mark.country is None], phrase("drawings.nowhere", language)),
        (outside, _outside(outside, language)),
    ):
        if marks:
            mark = _whole(marks)
            radius = _radius(mark.count, 0) + _RING
            pieces.append(_apart_from(mark, y + radius, (on.width, where), language))
            y += 2 * radius + _GAP
    entries, rows = _legend(on.width, y + _NAME, language)
    return [*pieces, *entries], y + rows * _LINE - on.height


def _outside(marks: Sequence[CountryMark], language: str) -> str:
    """Where marks lie that aren't on the map."""
    names = tuple(sorted(outlines().name(mark.country or "", language) for mark in marks))
    return phrase("drawings.outside", language, countries=names)


def _whole(marks: Sequence[CountryMark]) -> CountryMark:
    """Marks as one that is nowhere."""
    (joined,) = _joined([structs.replace(mark, country=None) for mark in marks])
    return joined


def _apart_from(mark: CountryMark, y: float, room: tuple[float, str], language: str) -> str:
    """A mark that has no place on the map, and why, in words beside it; ``room``: the width, and the words."""
    width, where = room
    placements = counted("drawings.placements", mark.count, language)
    told = _told(mark, where, language)
    radius = _radius(mark.count, 0)
    place = Disc(radius + _RING + 3, y, radius + _RING)
    x = place.x + place.radius + 6
    text = element(
        "text",
        {"class": "name", "x": x, "y": y + _NAME * 0.36},
        words(fitted(f"{placements} {where}", width - x, _NAME)),
    )
    return element("g", _attributes(mark, told), title(told), *_circle(mark, place), text)


def _legend(width: float, y: float, language: str) -> tuple[list[str], int]:
    """What colours and rings mean, in as many rows as it takes: laws, then verdicts."""
    laws = [(f"law-{law}", law_name(law, language)) for law in (LAWS[-1], *LAWS[:-1])]
    verdicts = [
        (verdict_class(each), phrase(f"drawings.{verdict_class(each)}", language))
        for each in _DASHES
    ]
    entries: list[str] = []
    rows = 0
    for key, samples in (("drawings.law", laws), ("drawings.verdict", verdicts)):
        heading = labelled(phrase(key, language), language)
        entries.append(
            element(
                "text", {"class": "name heading", "x": 4, "y": y + rows * _LINE}, words(heading)
            )
        )
        x = 4 + 1.15 * width_of(heading, _NAME) + 8  # it is bold
        for kind, text in samples:
            taken = 36 + width_of(text, _NAME)
            if x + taken > width:
                x, rows = 4.0, rows + 1
            entries.append(_sample(kind, text, x, y + rows * _LINE))
            x += taken
        rows += 1
    return entries, rows


def _sample(kind: str, text: str, x: float, y: float) -> str:
    """What one colour or one ring means."""
    middle = y - _NAME * 0.36
    ring = {"class": "ring", "cx": x + 9, "cy": middle, "r": 6.0, "fill": "none"}
    shape = (
        element(
            "rect", {"class": "area", "x": x, "y": middle - 6, "width": 18, "height": 12, "rx": 2}
        )
        if kind.startswith("law-")
        else element("circle", {**ring, "stroke-dasharray": _DASHES[kind.removeprefix("verdict-")]})
    )
    label = element("text", {"class": "name", "x": x + 23, "y": y}, words(text))
    return element("g", {"class": f"legend {kind}"}, shape, label)
