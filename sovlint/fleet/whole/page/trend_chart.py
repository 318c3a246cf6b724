"""How runs went, as a drawing: what was found, as bars, and two shares, as lines. Pure: points in, SVG out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.fleet.whole.view import Ratio, TrendPoint
from sovlint.report.messages import phrase, written_number
from sovlint.report.page.drawing.svg import element, title, words

WIDTH: Final = 640.0
HEIGHT: Final = 190.0
LEFT: Final = 56.0
RIGHT: Final = 44.0
TOP: Final = 34.0
BOTTOM: Final = 34.0
MOST_DAYS: Final = 6
"""Days that are written below."""


def chart(points: Sequence[TrendPoint], language: str) -> str:
    """The drawing: violations and what isn't proved as a bar of each run (scale at the left), the shares that are proved and
    classified as lines (in percent, at the right)."""
    most = max((each.violations + each.unproven for each in points), default=0) or 1
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "class": "drawing trend", "lang": language,
            "viewBox": f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", "role": "img", "aria-label": phrase("whole.trend-drawn", language),
        },
        *_legend(language),
        *_axis(most, language),
        *(piece for number, each in enumerate(points) for piece in _bar(each, number, len(points), most, language)),
        _line([each.proved for each in points], "proved"),
        _line([each.classified for each in points], "classified"),
    )  # fmt: skip


def _legend(language: str) -> Iterator[str]:
    x = LEFT
    for name in ("violation", "unproven", "proved", "classified"):
        text = phrase(f"whole.trend-{name}", language)
        if name in ("violation", "unproven"):
            yield element(
                "rect", {"class": f"bar {name}", "x": x, "y": 8.0, "width": 12, "height": 10}
            )
        else:
            yield element("path", {"class": f"share {name}", "d": f"M{x:.0f} 13h14"})
        yield element("text", {"class": "name", "x": x + 18, "y": 17.0}, words(text))
        x += 18 + 7.4 * len(text) + 18


def _axis(most: int, language: str) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    yield element(
        "path", {"class": "axis", "d": f"M{LEFT:.0f} {bottom:.0f}H{WIDTH - RIGHT:.0f}"}
    )
    for text, y in ((written_number(most, language), TOP), ("0", bottom)):
        yield element(
            "text",
            {"class": "name", "x": LEFT - 6, "y": y + 4, "text-anchor": "end"},
            words(text),
        )
    for text, y in (("100 %", TOP), ("0 %", bottom)):
        yield element(
            "text", {"class": "name", "x": WIDTH - RIGHT + 6, "y": y + 4}, words(text)
        )


def _bar(each: TrendPoint, number: int, of: int, most: int, language: str) -> Iterator[str]:
    room = HEIGHT - TOP - BOTTOM
    x, width = _middle(number, of), min((WIDTH - LEFT - RIGHT) / max(of, 1) * 0.6, 40.0)
    y = HEIGHT - BOTTOM
    told = phrase(
        "whole.trend-run",
        language,
        day=each.run.as_of,
        violations=f"{each.violations}",
        unproven=f"{each.unproven}",
    )
    shapes = []
    for name, count in (("violation", each.violations), ("unproven", each.unproven)):
        height = room * count / most
        y -= height
        shapes.append(
            element(
                "rect",
                {
                    "class": f"bar {name}",
                    "x": x - width / 2,
                    "y": y,
                    "width": width,
                    "height": height,
                },
            )
        )
    yield element("g", {}, title(told), *shapes)
    if of <= MOST_DAYS or number in (0, of - 1):
        at = {"class": "name", "x": x, "y": HEIGHT - BOTTOM + 18, "text-anchor": "middle"}
        yield element("text", at, words(each.run.as_of))


def _line(shares: Sequence[Ratio], name: str) -> str:
    room = HEIGHT - TOP - BOTTOM
    spots = [
        (_middle(number, len(shares)), HEIGHT - BOTTOM - room * share.percent / 100)
        for number, share in enumerate(shares)
        if share.percent is not None
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) if spots else ""
    dots = [
        element("circle", {"class": f"dot {name}", "cx": x, "cy": y, "r": 3})
        for x, y in spots
    ]
    return element("g", {}, element("path", {"class": f"share {name}", "d": path}), *dots)


def _middle(number: int, of: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + room * (number + 0.5) / max(of, 1)
