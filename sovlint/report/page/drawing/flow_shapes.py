"""The shapes of a diagram of flows: boxes, arrows between them, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from sovlint.model.text import Note
from sovlint.report.messages import counted, say
from sovlint.report.page.drawing.flows import FlowBox, FlowDrawing, FlowEdge
from sovlint.report.page.drawing.layer_graph import Arrow
from sovlint.report.page.drawing.layers import Layout, Spot
from sovlint.report.page.drawing.spread import Box
from sovlint.report.page.drawing.svg import (
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

MARGIN: Final = 16.0
LABEL: Final = 13.0
_BOLD: Final = 15.0
"""The size of a plain text that is as broad as a label in bold."""
_SMALL: Final = 11.5
_TIP: Final = 9.0
"""How long the head of an arrow is."""
_TAIL: Final = 0.6
"""What the end of a resource's address gets of the room: resources of a module differ there."""
_KINDS: Final = 6
"""Kinds of flow that are named in what a pointer shows."""
_NAMED: Final = 6
"""Nodes of a box that are named there."""
DASHES: Final = {"violation": None, "unproven": "7 4", "compliant": None, None: "1.5 3.5"}
SHAPES: Final[Mapping[str | None, str]] = {
    "violation": "M-3-7h6l4 4v6l-4 4h-6l-4-4v-6zM-3-3l6 6M3-3l-6 6",
    "unproven": "M0-8l8 8-8 8-8-8zM-1.8-2.2a2 2 0 1 1 2.6 2q-.8.5-.8 1.4M0 3.6v.6",
    "compliant": "M-7 0a7 7 0 1 0 14 0 7 7 0 1 0-14 0zM-3.2.2l2.4 2.6 4-5",
    None: "M-5 0h10",
}
"""What stands in a box for its verdict: a cross in an octagon, a question in a diamond, a tick in a circle."""


def shapes_of(
    drawing: FlowDrawing,
    boxes: Sequence[FlowBox],
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
    drawing: FlowDrawing,
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
            pieces.append(
                f"C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
            )
    return "".join(pieces)


def _edge_told(
    drawing: FlowDrawing,
    bundle: Sequence[FlowEdge],
    classes: Iterable[str],
    ends: tuple[str, str],
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


def _box(drawing: FlowDrawing, box: FlowBox, place: Box, down: float) -> str:
    """A box: what it is called, what it holds, and a shape for its verdict."""
    left, top = place[0] + MARGIN, place[1] + down
    width, height = place[2] - place[0], place[3] - place[1]
    verdict = worst(node.verdict for node in box.nodes)
    room = width - 44
    size, tail = (_BOLD, 0.0) if box.is_group else (LABEL, _TAIL)
    lines = [fitted(box.label, room, size, tail)]
    lines += _below_label(drawing, box, room)
    first = top + (height - 17 * (len(lines) - 1)) / 2 + LABEL * 0.36
    texts = [
        element("text", {"class": "small" if number else "label", "x": left + 12, "y": first + 17 * number}, words(line))
        for number, line in enumerate(lines)
    ]  # fmt: skip
    badge = {
        "class": "badge",
        "d": SHAPES[verdict],
        "transform": f"translate({left + width - 18:.0f} {top + height / 2:.0f})",
    }
    frame = {
        "x": left,
        "y": top,
        "width": width,
        "height": height,
        "rx": 8 if box.is_group else 3,
    }
    told = _box_told(drawing, box, verdict)
    attributes = _box_attributes(box, verdict, told)
    inner = [title(told), element("rect", frame), *texts, element("path", badge)]
    return element("g", attributes, *inner)


def _below_label(drawing: FlowDrawing, box: FlowBox, room: float) -> list[str]:
    """How much is in a box, or in which root it is, and the classes."""
    parts = _counts(drawing, box) or [box.nodes[0].root]
    lines = [fitted(" · ".join(parts), room, _SMALL, 0.0 if box.is_group else _TAIL)]
    classes = drawing.class_names(each for node in box.nodes for each in node.classes)
    lines.append(fitted(", ".join(classes), room, _SMALL))
    return [line for line in lines if line]


def _counts(drawing: FlowDrawing, box: FlowBox) -> list[str]:
    """How many nodes are in a box, and flows; nothing where it is one node."""
    if len(box.nodes) == 1 and not box.is_group:
        return []
    within = [counted("drawings.inside", box.within, drawing.language)] if box.within else []
    return [counted(drawing.unit, len(box.nodes), drawing.language), *within]


def _box_told(drawing: FlowDrawing, box: FlowBox, verdict: str | None) -> str:
    """A box in a sentence."""
    classes = drawing.class_names(each for node in box.nodes for each in node.classes)
    facts = [*_counts(drawing, box)[:1]] or [node.root for node in box.nodes if node.root]
    facts += [*classes, drawing.verdict(verdict)]
    if len(box.nodes) > 1 and not box.is_group:
        others = sorted({node.label for node in box.nodes} - {box.label})
        others = others or sorted({node.root for node in box.nodes if node.root})
        facts += [*others[:_NAMED], *(["…"] if len(others) > _NAMED else [])]
    told = Note("drawings.node", {"label": box.label, "facts": tuple(facts)})
    return say(
        Note("drawings.open", {"label": told}) if box.opens else told, drawing.language
    )


def _box_attributes(box: FlowBox, verdict: str | None, told: str) -> dict[str, object]:
    opens = {"data-opens": box.opens, "tabindex": 0, "role": "button"}
    alone = {"data-node": " ".join(token(node.id) for node in box.nodes), "role": "img"}
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


def legend_of(drawing: FlowDrawing, y: float) -> str:
    """What shapes and lines mean."""
    x, pieces = MARGIN + 10, []
    for verdict in (*VERDICTS, None):
        text = drawing.verdict(verdict)
        line = {
            "class": "line",
            "d": f"M{x + 16:.0f} {y:.0f}h30",
            "stroke-dasharray": DASHES[verdict],
        }
        badge = {
            "class": "badge",
            "d": SHAPES[verdict],
            "transform": f"translate({x:.0f} {y:.0f})",
        }
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
        x += 84 + width_of(text, LABEL)
    return element("g", {"class": "flows-legend"}, *pieces)
