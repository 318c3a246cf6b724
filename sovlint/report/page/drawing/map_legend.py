"""What stands below a map: placements that have no place on it, and what colours and rings mean."""

from __future__ import annotations

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
from sovlint.report.page.drawing.spread import Disc
from sovlint.report.page.drawing.svg import (
    element,
    fitted,
    title,
    verdict_class,
    width_of,
    words,
)
from sovlint.report.page.outlines import OutlineMap, outlines

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
