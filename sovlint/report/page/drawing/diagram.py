"""The diagram of flows: who holds what class, and what goes where. Pure: nodes and edges in, SVG out.

One drawing with several views, of which the page's script shows one: the overview, with a box for each group, and a
view for each group of several nodes, with its nodes and the groups around them. A view is
``<g class="flows-view" data-view="g3" data-width data-height>``. What opens one has ``data-opens="g3"``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sovlint.report.messages import phrase
from sovlint.report.page.drawing.flow_shapes import LABEL, MARGIN, legend_of, shapes_of
from sovlint.report.page.drawing.flows import (
    BACK,
    PLACEMENTS,
    FlowBox,
    FlowDrawing,
    FlowEdge,
    FlowNode,
    boxes_within,
    bundled,
    drawing_of,
)
from sovlint.report.page.drawing.layers import Layout, Spot, layered
from sovlint.report.page.drawing.svg import element, fitted, width_of, words

OVERVIEW: Final = "overview"
GROUP_SIZE: Final = (224.0, 66.0)
NODE_SIZE: Final = (276.0, 66.0)
WIDE: Final = 1_100.0
"""How wide a view is, where it can be."""
LEAST: Final = 720.0
"""How wide a view is, at least."""
_HEAD: Final = 44.0
"""Above the nodes of a group: the way back, and its name."""
_FOOT: Final = 34.0
"""Below each view: what shapes mean."""


def diagram(
    nodes: Sequence[FlowNode],
    edges: Sequence[FlowEdge],
    language: str,
    names: Mapping[str, str] | None = None,
    unit: str = PLACEMENTS,
    back: str = BACK,
) -> str:
    """The diagram, as SVG; ``names`` are those of data classes, in the reader's language; ``unit`` is the key of what nodes
    are counted as, ``back`` that of what leads back to all groups.

    An end of an edge that isn't among the nodes is drawn as one of which nothing else is known.
    """
    drawing = drawing_of(nodes, edges, language, names or {}, unit, back)
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


def _overview(drawing: FlowDrawing) -> tuple[Spot, str]:
    """All groups, and what goes from one to another."""
    bundles = bundled(drawing, {group.name: group for group in drawing.groups.values()}, None)
    boxes = list(drawing.groups.values())
    layout = layered([box.name for box in boxes], bundles, GROUP_SIZE, WIDE)
    if not boxes:
        empty = element(
            "text",
            {"x": MARGIN, "y": 24},
            words(phrase("drawings.flows-none", drawing.language)),
        )
        return _view(drawing, OVERVIEW, layout, [empty])
    return _view(
        drawing, OVERVIEW, layout, shapes_of(drawing, boxes, bundles, layout, MARGIN)
    )


def _opened(drawing: FlowDrawing, group: FlowBox) -> tuple[Spot, str]:
    """The nodes of one group, and the groups that they send to or get from."""
    own = boxes_within(drawing, group)
    boxes = {box.name: box for box in own.values()}
    bundles = bundled(drawing, boxes, own)
    around = {group.name: group for group in drawing.groups.values()}
    boxes |= {
        name: around[name] for arrow in sorted(bundles) for name in arrow if name in around
    }
    layout = layered(list(boxes), bundles, NODE_SIZE, WIDE)
    back = phrase(drawing.back, drawing.language)
    width = width_of(back, LABEL) + 20
    way = element(
        "g",
        {"class": "flows-back", "data-opens": OVERVIEW, "tabindex": 0, "role": "button", "aria-label": back},
        element("rect", {"x": MARGIN, "y": 10, "width": width, "height": 28, "rx": 6}),
        element("text", {"x": MARGIN + 10, "y": 29}, words(back)),
    )  # fmt: skip
    x = MARGIN + width + 14
    name = fitted(group.label, LEAST - x, 1.15 * LABEL)
    heading = element("text", {"class": "heading", "x": x, "y": 29}, words(name))
    shapes = shapes_of(drawing, list(boxes.values()), bundles, layout, _HEAD + MARGIN)
    return _view(drawing, group.opens, layout, [way, heading, *shapes], _HEAD)


def _view(
    drawing: FlowDrawing, name: str, layout: Layout, shapes: Sequence[str], head: float = 0.0
) -> tuple[Spot, str]:
    """A view and its size. All but the overview are hidden until a script shows them."""
    width = max(layout.width, LEAST) + 2 * MARGIN
    height = head + layout.height + 2 * MARGIN + _FOOT
    attributes = {
        "class": "flows-view", "data-view": name, "data-width": f"{width:.0f}", "data-height": f"{height:.0f}",
        "display": None if name == OVERVIEW else "none",
    }  # fmt: skip
    legend = legend_of(drawing, height - _FOOT / 2) if layout.boxes else ""
    return (width, height), element("g", attributes, *shapes, legend)
