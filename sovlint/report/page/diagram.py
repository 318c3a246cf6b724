"""The diagram of flows: who holds what class, and what goes where. Pure: nodes and edges in, SVG out.

One drawing with several views, of which the page's script shows one: the overview, with a box for each group, and a
view for each group of several nodes, with its nodes and the groups around them. A view is
``<g class="flows-view" data-view="g3" data-width data-height>``. What opens one has ``data-opens="g3"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase, say
from sovlint.report.page.layers import Arrow, Layout, Spot, layered
from sovlint.report.page.spread import Box
from sovlint.report.page.svg import (
    VERDICTS,
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

OVERVIEW: Final = "overview"
GROUP_SIZE: Final = (224.0, 66.0)
NODE_SIZE: Final = (276.0, 48.0)
LEAST: Final = 720.0
"""How wide a view is, at least."""
MARGIN: Final = 16.0
_HEAD: Final = 44.0
"""Above the nodes of a group: the way back, and its name."""
_FOOT: Final = 34.0
"""Below each view: what shapes mean."""
_LABEL: Final = 13.0
_SMALL: Final = 11.5
_TIP: Final = 9.0
"""How long the head of an arrow is."""
_TAIL: Final = 0.6
"""What the end of a resource's address gets of the room: resources of a module differ there."""
_KINDS: Final = 6
"""Kinds of flow that are named in what a pointer shows."""

DASHES: Final = {"violation": None, "unproven": "7 4", "compliant": None, None: "1.5 3.5"}
SHAPES: Final[Mapping[str | None, str]] = {
    "violation": "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6zM-3-3l6 6M3-3l-6 6",
    "unproven": "M0-8l8 8-8 8-8-8zM-1.8-2.2a2 2 0 1 1 2.6 2q-.8.5-.8 1.4M0 3.6v.6",
    "compliant": "M-7 0a7 7 0 1 0 14 0 7 7 0 1 0-14 0zM-3.2.2l2.4 2.6 4-5",
    None: "M-5 0h10",
}
"""What stands in a box for its verdict: a cross in an octagon, a question in a diamond, a tick in a circle."""


class FlowNode(Struct, frozen=True):
    """What holds or gets data. ``group`` is the name of what it stands in until that is opened: its company's.

    ``classes``, ``root`` and ``company`` are ids, which become ``data-`` attributes; ``verdict`` is the worst, ``None``
    where nothing was judged.
    """

    id: str
    label: str
    group: str
    classes: tuple[str, ...] = ()
    verdict: str | None = None
    root: str = ""
    company: str = ""


class FlowEdge(Struct, frozen=True):
    """What goes from one node to another, by their ids. ``kind`` is in words, in the reader's language."""

    source: str
    target: str
    kind: str
    classes: tuple[str, ...] = ()
    verdict: str | None = None


class _Box(Struct, frozen=True):
    """One box of a view: a node, or a whole group, with its nodes. ``opens`` is the view that it leads to, if any."""

    name: str
    label: str
    nodes: tuple[FlowNode, ...]
    within: int = 0
    """Flows between nodes of the group."""
    opens: str = ""
    is_group: bool = True


class _Drawing(Struct, frozen=True):
    """What all views are drawn of: nodes by id, the names of their groups, and the words of the reader's language."""

    nodes: Mapping[str, FlowNode]
    edges: Sequence[FlowEdge]
    groups: Mapping[str, _Box]
    language: str
    names: Mapping[str, str]

    def group_of(self, node: str) -> _Box:
        """The group that a node, by its id, stands in."""
        return self.groups[self.nodes[node].group]

    def class_names(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Data classes in words."""
        return tuple(sorted(self.names.get(each, each) for each in set(classes)))

    def verdict(self, verdict: str | None) -> str:
        """A verdict in words."""
        return phrase(f"drawings.{verdict_class(verdict)}", self.language)


def diagram(
    nodes: Sequence[FlowNode],
    edges: Sequence[FlowEdge],
    language: str,
    names: Mapping[str, str] | None = None,
) -> str:
    """The diagram, as SVG; ``names`` are those of data classes, in the reader's language.

    An end of an edge that isn't among the nodes is drawn as one of which nothing else is known.
    """
    drawing = _drawing(nodes, edges, language, names or {})
    views = [_overview(drawing)]
    views += [_opened(drawing, group) for group in drawing.groups.values() if group.opens]
    (width, height), overview = views[0]
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "class": "drawing flows", "lang": language,
            "viewBox": f"0 0 {width:.0f} {height:.0f}", "width": round(width), "height": round(height),
            "role": "group", "aria-label": phrase("drawings.flows", language),
        },
        overview,
        *(view for _, view in views[1:]),
    )  # fmt: skip


def _drawing(
    nodes: Sequence[FlowNode],
    edges: Sequence[FlowEdge],
    language: str,
    names: Mapping[str, str],
) -> _Drawing:
    """Everything in an order of its own, whatever order it came in."""
    known = {node.id: node for node in sorted(nodes, key=_order, reverse=True)}
    ends = sorted({end for edge in edges for end in (edge.source, edge.target)} - known.keys())
    known |= {end: FlowNode(end, end, "") for end in ends}
    listed = sorted(known.values(), key=_order)
    members: dict[str, list[FlowNode]] = {}
    for node in listed:
        members.setdefault(node.group, []).append(node)
    inner: dict[str, int] = {}
    for edge in edges:
        group = known[edge.source].group
        if group == known[edge.target].group:
            inner[group] = inner.get(group, 0) + 1
    groups = {
        group: _Box(
            f"g{number}",
            group or phrase("drawings.nobody", language),
            tuple(members[group]),
            inner.get(group, 0),
            f"g{number}" if len(members[group]) > 1 else "",
        )
        for number, group in enumerate(sorted(members))
    }
    ordered = sorted(
        edges,
        key=lambda edge: (edge.source, edge.target, edge.kind, edge.classes, edge.verdict or ""),
    )
    return _Drawing({node.id: node for node in listed}, ordered, groups, language, names)


def _order(node: FlowNode) -> tuple[str, ...]:
    return (node.group, node.root, node.label, node.id, *node.classes)


def _overview(drawing: _Drawing) -> tuple[Spot, str]:
    """All groups, and what goes from one to another."""
    bundles = _bundled(drawing, {group.name: group for group in drawing.groups.values()}, None)
    boxes = list(drawing.groups.values())
    layout = layered([box.name for box in boxes], bundles, GROUP_SIZE, LEAST)
    if not boxes:
        empty = element(
            "text", {"x": MARGIN, "y": 24}, words(phrase("drawings.flows-none", drawing.language))
        )
        return _view(drawing, OVERVIEW, layout, [empty])
    return _view(drawing, OVERVIEW, layout, _shapes(drawing, boxes, bundles, layout, MARGIN))


def _opened(drawing: _Drawing, group: _Box) -> tuple[Spot, str]:
    """The nodes of one group, and the groups that they send to or get from."""
    own = {node.id: _node_box(node, number) for number, node in enumerate(group.nodes)}
    boxes = {box.name: box for box in own.values()}
    bundles = _bundled(drawing, boxes, own)
    around = {group.name: group for group in drawing.groups.values()}
    boxes |= {name: around[name] for arrow in sorted(bundles) for name in arrow if name in around}
    layout = layered(list(boxes), bundles, NODE_SIZE, LEAST)
    back = phrase("drawings.back", drawing.language)
    width = width_of(back, _LABEL) + 20
    way = element(
        "g",
        {"class": "flows-back", "data-opens": OVERVIEW, "tabindex": 0, "role": "button", "aria-label": back},
        element("rect", {"x": MARGIN, "y": 10, "width": width, "height": 28, "rx": 6}),
        element("text", {"x": MARGIN + 10, "y": 29}, words(back)),
    )  # fmt: skip
    x = MARGIN + width + 14
    name = fitted(group.label, LEAST - x, 1.15 * _LABEL)
    heading = element("text", {"class": "heading", "x": x, "y": 29}, words(name))
    shapes = _shapes(drawing, list(boxes.values()), bundles, layout, _HEAD + MARGIN)
    return _view(drawing, group.opens, layout, [way, heading, *shapes], _HEAD)


def _node_box(node: FlowNode, number: int) -> _Box:
    return _Box(f"n{number}", node.label, (node,), is_group=False)


def _bundled(
    drawing: _Drawing, boxes: Mapping[str, _Box], own: Mapping[str, _Box] | None
) -> dict[Arrow, list[FlowEdge]]:
    """Edges by the boxes that they join. ``own`` are nodes that are drawn themselves, by id: then only edges that touch
    them count. Without it each node is drawn as its group."""
    found: dict[Arrow, list[FlowEdge]] = {}
    for edge in drawing.edges:
        if own is not None and edge.source not in own and edge.target not in own:
            continue
        source, target = (
            own[end].name if own and end in own else drawing.group_of(end).name
            for end in (edge.source, edge.target)
        )
        if source != target:
            found.setdefault((source, target), []).append(edge)
    return found


def _view(
    drawing: _Drawing, name: str, layout: Layout, shapes: Sequence[str], head: float = 0.0
) -> tuple[Spot, str]:
    """A view and its size. All but the overview are hidden until a script shows them."""
    width = max(layout.width, LEAST) + 2 * MARGIN
    height = head + layout.height + 2 * MARGIN + _FOOT
    attributes = {
        "class": "flows-view", "data-view": name, "data-width": f"{width:.0f}", "data-height": f"{height:.0f}",
        "display": None if name == OVERVIEW else "none",
    }  # fmt: skip
    legend = _legend(drawing, height - _FOOT / 2) if layout.boxes else ""
    return (width, height), element("g", attributes, *shapes, legend)


def _shapes(
    drawing: _Drawing,
    boxes: Sequence[_Box],
    bundles: Mapping[Arrow, Sequence[FlowEdge]],
    layout: Layout,
    down: float,
) -> list[str]:
    """Arrows, and the boxes above them."""
    labels = {box.name: box.label for box in boxes}
    arrows = [
        _arrow(
            drawing,
            bundle,
            [(x + MARGIN, y + down) for x, y in layout.routes[arrow]],
            labels,
            arrow,
        )
        for arrow, bundle in sorted(bundles.items())
    ]
    drawn = [_box(drawing, box, layout.boxes[box.name], down) for box in boxes]
    return [*arrows, *drawn]


def _arrow(
    drawing: _Drawing,
    bundle: Sequence[FlowEdge],
    spots: Sequence[Spot],
    labels: Mapping[str, str],
    arrow: Arrow,
) -> str:
    """One arrow for all that goes from one box to another, and how much where that is more than one thing."""
    verdict = worst(edge.verdict for edge in bundle)
    ends = [drawing.nodes[end] for edge in bundle for end in (edge.source, edge.target)]
    classes = {each for edge in bundle for each in edge.classes}
    attributes = {
        "class": f"flows-edge {verdict_class(verdict)}",
        **filtered_by(classes, (node.root for node in ends), (node.company for node in ends), verdict),
    }  # fmt: skip
    ahead = 1 if spots[-1][0] >= spots[0][0] else -1
    tip = spots[-1]
    line = [*spots[:-1], (tip[0] - ahead * _TIP, tip[1])]
    inner = [
        title(_edge_told(drawing, bundle, classes, (labels[arrow[0]], labels[arrow[1]]))),
        element("path", {"class": "line", "d": _curve(line), "stroke-dasharray": DASHES[verdict]}),
        element("path", {"class": "tip", "d": f"M{tip[0]:.0f} {tip[1]:.0f}l{-ahead * _TIP:.0f}-4.5v9z"}),
    ]  # fmt: skip
    if len(bundle) > 1:
        (x, y), (to_x, to_y) = line[:2]
        at = {
            "class": "count",
            "x": (x + to_x) / 2,
            "y": (y + to_y) / 2 + 4,
            "text-anchor": "middle",
        }
        inner.append(element("text", at, str(len(bundle))))
    return element("g", attributes, *inner)


def _curve(spots: Sequence[Spot]) -> str:
    """A line that leaves and reaches every layer level."""
    pieces = [f"M{spots[0][0]:.0f} {spots[0][1]:.0f}"]
    for (x, y), (to_x, to_y) in pairwise(spots):
        if abs(y - to_y) < 0.5:
            pieces.append(f"H{to_x:.0f}")
        else:
            middle = (x + to_x) / 2
            pieces.append(f"C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}")
    return "".join(pieces)


def _edge_told(
    drawing: _Drawing, bundle: Sequence[FlowEdge], classes: Iterable[str], ends: tuple[str, str]
) -> str:
    """What goes there, in a sentence."""
    kinds = sorted({edge.kind for edge in bundle})
    more = ["…"] if len(kinds) > _KINDS else []
    verdict = worst(edge.verdict for edge in bundle)
    told = Note(
        "drawings.edge",
        {
            "source": ends[0], "target": ends[1], "kinds": (*kinds[:_KINDS], *more),
            "verdict": drawing.verdict(verdict),
        },
    )  # fmt: skip
    names = drawing.class_names(classes)
    if names:
        told = Note("drawings.edge-data", {"edge": told, "classes": names})
    return say(told, drawing.language)


def _box(drawing: _Drawing, box: _Box, place: Box, down: float) -> str:
    """A box: what it is called, what it holds, and a shape for its verdict."""
    left, top = place[0] + MARGIN, place[1] + down
    width, height = place[2] - place[0], place[3] - place[1]
    verdict = worst(node.verdict for node in box.nodes)
    room = width - 44
    size, tail = (_LABEL * 1.1, 0.0) if box.is_group else (_LABEL, _TAIL)
    lines = [fitted(box.label, room, size, tail)]
    lines += _below_label(drawing, box, room, 3 if height > NODE_SIZE[1] else 2)
    first = top + (height - 17 * (len(lines) - 1)) / 2 + _LABEL * 0.36
    texts = [
        element("text", {"class": "small" if number else "label", "x": left + 12, "y": first + 17 * number}, words(line))
        for number, line in enumerate(lines)
    ]  # fmt: skip
    badge = {
        "class": "badge",
        "d": SHAPES[verdict],
        "transform": f"translate({left + width - 18:.0f} {top + height / 2:.0f})",
    }
    frame = {"x": left, "y": top, "width": width, "height": height, "rx": 8 if box.is_group else 3}
    told = _box_told(drawing, box, verdict)
    attributes = _box_attributes(box, verdict, told)
    inner = [title(told), element("rect", frame), *texts, element("path", badge)]
    return element("g", attributes, *inner)


def _below_label(drawing: _Drawing, box: _Box, room: float, most: int) -> list[str]:
    """How much a group is, and the classes in a box."""
    said = []
    if box.is_group:
        parts = [counted("drawings.placements", len(box.nodes), drawing.language)]
        if box.within:
            parts.append(counted("drawings.inside", box.within, drawing.language))
        said.append(" · ".join(parts))
    classes = drawing.class_names(each for node in box.nodes for each in node.classes)
    if classes:
        said.append(", ".join(classes))
    return [fitted(line, room, _SMALL) for line in said[: most - 1]]


def _box_told(drawing: _Drawing, box: _Box, verdict: str | None) -> str:
    """A box in a sentence."""
    classes = drawing.class_names(each for node in box.nodes for each in node.classes)
    parts = (
        [counted("drawings.placements", len(box.nodes), drawing.language)] if box.is_group else []
    )
    parts += [", ".join(classes)] if classes else []
    parts += [drawing.verdict(verdict)]
    told = Note("drawings.node", {"label": box.label, "facts": tuple(parts)})
    return say(Note("drawings.open", {"label": told}) if box.opens else told, drawing.language)


def _box_attributes(box: _Box, verdict: str | None, told: str) -> dict[str, object]:
    opens = {"data-opens": box.opens, "tabindex": 0, "role": "button"}
    alone = {"data-node": token(box.nodes[0].id), "role": "img"}
    return {
        "class": f"flows-node{' group' if box.is_group else ''} {verdict_class(verdict)}",
        **(opens if box.opens else alone),
        **filtered_by(
            (each for node in box.nodes for each in node.classes),
            (node.root for node in box.nodes),
            (node.company for node in box.nodes),
            verdict,
        ),
        "aria-label": told,
    }


def _legend(drawing: _Drawing, y: float) -> str:
    """What shapes and lines mean."""
    x, pieces = MARGIN + 10, []
    for verdict in (*VERDICTS, None):
        text = drawing.verdict(verdict)
        line = {
            "class": "line",
            "d": f"M{x + 16:.0f} {y:.0f}h30",
            "stroke-dasharray": DASHES[verdict],
        }
        badge = {"class": "badge", "d": SHAPES[verdict], "transform": f"translate({x:.0f} {y:.0f})"}
        label = element("text", {"x": x + 54, "y": y + 4}, words(text))
        pieces.append(
            element(
                "g",
                {"class": verdict_class(verdict)},
                element("path", badge),
                element("path", line),
                label,
            )
        )
        x += 84 + width_of(text, _LABEL)
    return element("g", {"class": "flows-legend"}, *pieces)
