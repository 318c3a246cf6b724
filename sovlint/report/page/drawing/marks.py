"""What lies in one country, as a mark of a map: whose law reaches it, its circle, and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, structs

from sovlint.model.world import World
from sovlint.report.messages import counted, phrase
from sovlint.report.page.drawing.spread import Disc
from sovlint.report.page.drawing.svg import (
    element,
    filtered_by,
    token,
    verdict_class,
    width_of,
    worst,
)
from sovlint.report.page.outlines import Outlines, outlines

LAWS: Final = ("us", "other", "unknown", "eea")
"""Whose law reaches a placement, the worst first. Each is a class of the style: ``law-us``."""
_AREA: Final = "EEA"
_SMALLEST: Final = 9.0
RING: Final = 4.0
"""How far the ring of the verdict stands out from a circle."""
COUNT: Final = 12.0
NAME: Final = 13.0
_NAMED: Final = 8
"""Companies that are named in what a pointer shows."""
DASHES_OF_RINGS: Final = {"violation": None, "unproven": "4 3", "compliant": None}


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


def joined_marks(marks: Sequence[CountryMark]) -> list[CountryMark]:
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
    return [
        found[code] for code in sorted(found, key=lambda code: (code is None, code or ""))
    ]


def radius_of(count: int, step: float) -> float:
    """The radius of a circle: by the square root of what it counts, and never so small that it can't be read."""
    return max(_SMALLEST, step * math.sqrt(count), width_of(str(count), COUNT) / 2 + 3)


def attributes_of(mark: CountryMark, told: str) -> dict[str, object]:
    """What a mark is filtered and opened by; ``told`` is what is read out."""
    return {
        "class": f"mark law-{mark.law} {verdict_class(mark.verdict)}",
        "data-country": token(mark.country or ""),
        **filtered_by(mark.classes, mark.roots, mark.companies, mark.verdict),
        "tabindex": 0,
        "role": "button",
        "aria-label": told,
    }


def circle(mark: CountryMark, disc: Disc) -> list[str]:
    """The circle with its count, and the ring around it that shows the verdict: thick, dashed or thin."""
    at = {"cx": disc.x, "cy": disc.y}
    ring = {**at, "class": "ring", "r": disc.radius - 1.5, "fill": "none"}
    text = {
        "class": "count",
        "x": disc.x,
        "y": disc.y + COUNT * 0.36,
        "text-anchor": "middle",
    }
    return [
        element(
            "circle", {**ring, "stroke-dasharray": DASHES_OF_RINGS.get(mark.verdict or "")}
        ),
        element("circle", {**at, "class": "disc", "r": disc.radius - RING}),
        element("text", text, str(mark.count)),
    ]


def mark_told(mark: CountryMark, where: str, language: str) -> str:
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
    return phrase(
        "drawings.companies", language, mark=said, companies=(*companies[:_NAMED], *more)
    )


def law_name(law: str, language: str) -> str:
    """A member of ``LAWS`` in words: one that is a state's is called like that."""
    known: Outlines = outlines()
    if law.upper() in known.names:
        return known.name(law.upper(), language)
    return phrase(f"drawings.law-{law}", language)
