"""``make picture``: which rooms of sovlint import which, as text, or as a drawing where ``OUT=house.svg`` says so.

A room is what stands directly in a folder: a folder, or a file by itself. ``ROOM=frontends/terraform`` shows the inside
of one. A room stands on the floor above the highest room that it imports; rooms that import each other share theirs.
Late imports and those for types alone count like any other. Exit code 2 where there is no such room.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import grimp

PACKAGE: Final = "sovlint"
OWN: Final = "__init__"
"""The room that is the package's own module, where that imports anything inside or is imported there."""

Graph = Mapping[str, Collection[str]]
"""What each node imports, itself never among it."""
Point = tuple[float, float]

BOX: Final = (180, 34)
"""Width and height of a room, in pixels."""
GAP: Final = (26, 96)
"""What lies between two rooms, and between two floors."""
MARGIN: Final = 30
HEAD: Final = 40
"""Where the first floor begins, below the line that sums up."""
STYLE: Final = (
    "text{font:12px sans-serif;text-anchor:middle;fill:#222}.sum{font-weight:bold;text-anchor:start}"
    ".count{font-size:9px;fill:#555;stroke:#fff;stroke-width:3px;paint-order:stroke}rect{fill:#eef3f8;stroke:#557}path{fill:none;stroke:#89a}"
    ".circle{stroke:#c22}.count.circle{stroke:#fff;fill:#c22}"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """The rooms of a package: how many modules each has, how many imports lead from one to another, and circles."""

    name: str
    rooms: Mapping[str, int]
    arrows: Mapping[tuple[str, str], int]
    circles: Sequence[Sequence[str]]
    file_circles: Sequence[Sequence[str]]
    """Circles of modules, wherever in the package."""

    def imported_by(self, room: str) -> dict[str, int]:
        """The rooms that a room imports, with how often."""
        return {
            lower: count
            for (upper, lower), count in sorted(self.arrows.items())
            if upper == room
        }

    def summary(self) -> str:
        """How much there is of everything."""
        counts = {
            "room": len(self.rooms),
            "floor": len(floors_of(self)),
            "arrow": len(self.arrows),
            "circle of rooms": len(self.circles),
            "circle of files": len(self.file_circles),
        }
        return f"{self.name}: {', '.join(_counted(count, noun) for noun, count in counts.items())}"

    def is_circular(self, upper: str, lower: str) -> bool:
        """Whether an arrow is a part of a circle."""
        return any(upper in circle and lower in circle for circle in self.circles)


def _counted(count: int, noun: str) -> str:
    """A number of things in words: ``no circle of rooms``, ``1 floor``, ``2 circles of rooms``."""
    first, *rest = noun.split(" ")
    ending = "s" if count > 1 else ""
    return " ".join([str(count or "no"), f"{first}{ending}", *rest])


def import_graph(package: str = PACKAGE) -> dict[str, set[str]]:
    """The modules of a package, each with those that it imports, be it late or for types alone."""
    graph = grimp.build_graph(package, cache_dir=None)
    return {
        module: graph.find_modules_directly_imported_by(module) - {module}
        for module in graph.modules
    }


def circles_in(graph: Graph) -> list[list[str]]:
    """The groups of nodes of which each leads to all others."""
    below = {node: _below(graph, node) for node in graph}
    found: list[list[str]] = []
    for node in sorted(graph):
        circle = sorted(other for other in below[node] if node in below[other])
        if circle and circle[0] == node:
            found.append(circle)
    return found


def _below(graph: Graph, node: str) -> set[str]:
    """All that a node leads to; itself only where it comes back to it."""
    found: set[str] = set()
    waiting = list(graph[node])
    while waiting:
        lower = waiting.pop()
        if lower not in found:
            found.add(lower)
            waiting.extend(graph[lower])
    return found


def picture_of(imports: Graph, package: str = PACKAGE) -> Picture:
    """The rooms of a package. Raises ``LookupError`` where there is no such package with modules in it."""
    inside = f"{package}."
    members = {
        module: module.removeprefix(inside).split(".")[0]
        for module in imports
        if module.startswith(inside)
    }
    if not members:
        raise LookupError(package)
    members[package] = OWN
    inner = {
        module: [lower for lower in imports[module] if lower in members] for module in members
    }
    arrows: Counter[tuple[str, str]] = Counter()
    for module, room in members.items():
        arrows.update(
            (room, members[lower]) for lower in inner[module] if members[lower] != room
        )
    rooms = Counter(members.values())
    if not any(OWN in arrow for arrow in arrows):
        del rooms[OWN]
    graph: dict[str, set[str]] = {room: set() for room in rooms}
    for upper, lower in arrows:
        graph[upper].add(lower)
    return Picture(
        package.replace(".", "/"), rooms, arrows, circles_in(graph), circles_in(inner)
    )


def floors_of(picture: Picture) -> list[list[str]]:
    """The rooms by floor, the lowest first: each above all that it imports, those of a circle beside each other."""
    together = {
        room: next((tuple(c) for c in picture.circles if room in c), (room,))
        for room in picture.rooms
    }
    levels: dict[tuple[str, ...], int] = {}

    def level(group: tuple[str, ...]) -> int:
        if group not in levels:
            lower = {
                together[room] for each in group for room in picture.imported_by(each)
            } - {group}
            levels[group] = 1 + max(map(level, lower), default=-1)
        return levels[group]

    floors: dict[int, list[str]] = {}
    for room in sorted(picture.rooms):
        floors.setdefault(level(together[room]), []).append(room)
    return [floors[number] for number in sorted(floors)]


def text_of(picture: Picture) -> str:
    """The picture as text: the floors from the top, and for each room its modules and what it imports."""
    lines = [picture.summary()]
    width = max(map(len, picture.rooms))
    floors = floors_of(picture)
    for number in reversed(range(len(floors))):
        lines.append("")
        for room in floors[number]:
            lower = ", ".join(
                f"{name} {count}" for name, count in picture.imported_by(room).items()
            )
            lines.append(
                f"{number + 1:>3}  {room:<{width}}  {picture.rooms[room]:>3}  {f'-> {lower}' if lower else ''}".rstrip()
            )
    for circle in (*picture.circles, *picture.file_circles):
        lines += ["", f"circle: {', '.join(circle)}"]
    return "\n".join(lines) + "\n"


def svg_of(picture: Picture) -> str:
    """The picture as a drawing: floors from the top, arrows with how many imports they stand for."""
    rows = _ordered(floors_of(picture), picture)[::-1]
    widest = max(map(len, rows))
    width = 2 * MARGIN + widest * (BOX[0] + GAP[0]) - GAP[0]
    height = HEAD + MARGIN + len(rows) * (BOX[1] + GAP[1]) - GAP[1]
    places: dict[str, Point] = {}
    for number, row in enumerate(rows):
        left = (width - len(row) * (BOX[0] + GAP[0]) + GAP[0]) / 2
        for index, room in enumerate(row):
            places[room] = (
                left + index * (BOX[0] + GAP[0]),
                HEAD + number * (BOX[1] + GAP[1]),
            )
    tails = _spread(picture, places, 0)
    tips = _spread(picture, places, 1)
    shapes = [
        _arrow(picture, arrow, tails[arrow], tips[arrow]) for arrow in sorted(picture.arrows)
    ]
    shapes += [_box(room, picture.rooms[room], places[room]) for room in sorted(places)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8"/></marker></defs>',
        f'<text class="sum" x="{MARGIN}" y="20">{escape(picture.summary())}</text>',
        *shapes,
        "</svg>\n",
    ])  # fmt: skip


def _ordered(floors: Sequence[Sequence[str]], picture: Picture) -> list[list[str]]:
    """Each floor with its rooms above what they import, on average, so that fewer arrows cross."""
    centres: dict[str, float] = {}
    ordered: list[list[str]] = []
    for floor in floors:
        wished = {}
        for room in floor:
            below = [
                centres[lower] for lower in picture.imported_by(room) if lower in centres
            ]
            wished[room] = sum(below) / len(below) if below else 0.0
        row = sorted(floor, key=lambda room: (wished[room], room))
        centres.update({room: index - (len(row) - 1) / 2 for index, room in enumerate(row)})
        ordered.append(row)
    return ordered


def _spread(
    picture: Picture, places: Mapping[str, Point], end: int
) -> dict[tuple[str, str], Point]:
    """Where arrows begin (``end`` 0: below a room) or end (1: above one), beside each other in the order of what they
    come from or lead to."""
    found: dict[tuple[str, str], Point] = {}
    for room, (x, y) in places.items():
        here = sorted(
            (arrow for arrow in picture.arrows if arrow[end] == room),
            key=lambda each: places[each[1 - end]],
        )
        for index, arrow in enumerate(here, 1):
            found[arrow] = (x + BOX[0] * index / (len(here) + 1), y if end else y + BOX[1])
    return found


def _arrow(picture: Picture, arrow: tuple[str, str], tail: Point, tip: Point) -> str:
    """A curve from below one room to above the other, with its count beside the tail; red as part of a circle."""
    (x, y), (to_x, to_y) = tail, tip
    bend = GAP[1] / 2
    count = picture.arrows[arrow]
    kind = " circle" if picture.is_circular(*arrow) else ""
    return (
        f"<g><title>{escape(f'{arrow[0]} imports {arrow[1]}: {count}')}</title>"
        f'<path class="arrow{kind}" marker-end="url(#tip)" '
        f'd="M{x:.0f} {y:.0f}C{x:.0f} {y + bend:.0f} {to_x:.0f} {to_y - bend:.0f} {to_x:.0f} {to_y:.0f}"/>'
        f'<text class="count{kind}" x="{x:.0f}" y="{y + 11:.0f}">{count}</text></g>'
    )


def _box(room: str, modules: int, place: Point) -> str:
    x, y = place
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{BOX[0]}" height="{BOX[1]}" rx="4"/>'
        f'<text x="{x + BOX[0] / 2:.0f}" y="{y + BOX[1] / 2 + 4:.0f}">{escape(room)} ({modules})</text>'
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the picture; the exit code."""
    parser = argparse.ArgumentParser(description="Draw which rooms of sovlint import which.")
    parser.add_argument(
        "--room",
        default="",
        metavar="FOLDER",
        help="a folder of sovlint (default: the whole)",
    )
    parser.add_argument(
        "--out",
        default="",
        metavar="FILE",
        help="where to write it, drawn if it ends in .svg",
    )
    given = parser.parse_args(arguments)
    folder = given.room.strip("/").removeprefix(f"{PACKAGE}/").removeprefix(PACKAGE)
    try:
        picture = picture_of(
            import_graph(), ".".join(filter(None, (PACKAGE, *folder.split("/"))))
        )
    except LookupError:
        print(f"sovlint has no folder {given.room} with modules in it", file=sys.stderr)
        return 2
    written = svg_of(picture) if given.out.endswith(".svg") else text_of(picture)
    if given.out:
        Path(given.out).write_text(written, encoding="utf-8")
        print(picture.summary())
    else:
        print(written, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
