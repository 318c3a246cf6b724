"""Circles that stand near where they belong and apart from each other, and labels beside them. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

GAP: Final = 2.0
"""Between two circles, at least."""
_ROUNDS: Final = 400
_TURN: Final = 2.399963
"""The golden angle: circles that stand on one point go apart in different directions, away from the edges."""
_ASIDE: Final = 1e-4
"""How far circles begin beside each other that belong on one point."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Disc(Struct, frozen=True):
    """A circle: its centre and its radius, with all that is drawn around it."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """What it takes up."""
        return (
            self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius,
        )  # fmt: skip


def apart(discs: Sequence[Disc], width: float, height: float) -> list[Disc]:
    """The circles, moved as little as needed, so that none lies on another or leaves the drawing."""
    places = [_begun(index, disc, width, height) for index, disc in enumerate(discs)]
    for _ in range(_ROUNDS):
        before = list(places)
        for index, disc in enumerate(discs):
            moved = _pushed(index, places, discs, (width / 2, height / 2))
            places[index] = _inside(moved, disc.radius, width, height)
        if places == before:
            break
    return [
        Disc(round(x, 1), round(y, 1), disc.radius)
        for (x, y), disc in zip(places, discs, strict=True)
    ]


def _begun(index: int, disc: Disc, width: float, height: float) -> tuple[float, float]:
    """Where a circle begins: within the drawing, and no two on one point, not even in a corner."""
    x, y = _inside((disc.x, disc.y), disc.radius, width, height)
    away = _ASIDE * (index + 1)
    slope = _TURN * (index + 1) % 1
    return x + (away if x < width / 2 else -away), y + slope * (
        away if y < height / 2 else -away
    )


def _pushed(
    index: int,
    places: Sequence[tuple[float, float]],
    discs: Sequence[Disc],
    middle: tuple[float, float],
) -> tuple[float, float]:
    """Where a circle goes: out of each that it lies on, the smaller of both further."""
    (x, y), radius = places[index], discs[index].radius
    push_x = push_y = 0.0
    for other, (to_x, to_y) in enumerate(places):
        needed = radius + discs[other].radius + GAP
        if other == index or abs(x - to_x) >= needed or abs(y - to_y) >= needed:
            continue
        distance = math.hypot(x - to_x, y - to_y)
        if distance >= needed:
            continue
        angle = (
            math.atan2(y - to_y, x - to_x)
            if distance > 1e-6
            else math.atan2(middle[1] - y, middle[0] - x) + (_TURN * index % 1 - 0.5)
        )
        share = (
            1.04 * (needed - distance) * discs[other].radius / (radius + discs[other].radius)
        )
        push_x, push_y = push_x + share * math.cos(angle), push_y + share * math.sin(angle)
    return x + push_x, y + push_y


def _inside(
    place: tuple[float, float], radius: float, width: float, height: float
) -> tuple[float, float]:
    return (
        min(max(place[0], radius + 1), width - radius - 1),
        min(max(place[1], radius + 1), height - radius - 1),
    )


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes have anything in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def beside(
    disc: Disc, size: tuple[float, float], taken: Sequence[Box], whole: tuple[float, float]
) -> Box | None:
    """Where a label of some size fits beside a circle: right, left, below or above; ``None`` where it doesn't."""
    width, height = size
    x, y, away = disc.x, disc.y, disc.radius + 3
    for left, top in (
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y + away),
        (x - width / 2, y - away - height),
    ):
        box = (left, top, left + width, top + height)
        fits = left >= 0 and top >= 0 and box[2] <= whole[0] and box[3] <= whole[1]
        if fits and not any(overlap(box, other) for other in taken):
            return box
    return None
