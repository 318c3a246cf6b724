"""What a diagram of flows is drawn of: nodes and edges, and the boxes and bundles that they are put together in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.report.messages import phrase
from sovlint.report.page.drawing.layer_graph import Arrow
from sovlint.report.page.drawing.svg import verdict_class

PLACEMENTS: Final = "drawings.placements"
"""What nodes are counted as."""
BACK: Final = "drawings.back"
"""What leads back to all groups, where those are companies."""
SINGLE: Final = 40
"""So many nodes of a group are drawn one by one."""


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


class FlowBox(Struct, frozen=True):
    """One box of a view: a node, or a whole group, with its nodes. ``opens`` is the view that it leads to, if any."""

    name: str
    label: str
    nodes: tuple[FlowNode, ...]
    within: int = 0
    """Flows between nodes of the group."""
    opens: str = ""
    is_group: bool = True


class FlowDrawing(Struct, frozen=True):
    """What all views are drawn of: nodes by id, the names of their groups, and the words of the reader's language; ``unit``
    is the key of what the nodes are."""

    nodes: Mapping[str, FlowNode]
    edges: Sequence[FlowEdge]
    groups: Mapping[str, FlowBox]
    language: str
    names: Mapping[str, str]
    unit: str = PLACEMENTS
    back: str = BACK
    """The key of what leads back to all groups."""

    def group_of(self, node: str) -> FlowBox:
        """The group that a node, by its id, stands in."""
        return self.groups[self.nodes[node].group]

    def class_names(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Data classes in words."""
        return tuple(sorted(self.names.get(each, each) for each in set(classes) if each))

    def verdict(self, verdict: str | None) -> str:
        """A verdict in words."""
        return phrase(f"drawings.{verdict_class(verdict)}", self.language)


def drawing_of(
    nodes: Sequence[FlowNode],
    edges: Sequence[FlowEdge],
    language: str,
    names: Mapping[str, str],
    unit: str = PLACEMENTS,
    back: str = BACK,
) -> FlowDrawing:
    """Everything in an order of its own, whatever order it came in."""
    known = {node.id: node for node in sorted(nodes, key=_order, reverse=True)}
    ends = sorted(
        {end for edge in edges for end in (edge.source, edge.target)} - known.keys()
    )
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
        group: FlowBox(
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
        key=lambda edge: (
            edge.source,
            edge.target,
            edge.kind,
            edge.classes,
            edge.verdict or "",
        ),
    )
    return FlowDrawing(
        {node.id: node for node in listed}, ordered, groups, language, names, unit, back
    )


def _order(node: FlowNode) -> tuple[str, ...]:
    return (node.group, node.root, node.label, node.id, *node.classes)


def boxes_within(drawing: FlowDrawing, group: FlowBox) -> dict[str, FlowBox]:
    """The boxes of a group's nodes, by their ids. Where there are many, nodes of one verdict that hold the same are one
    box: those of one name, in whatever root; and of those without flows, those of one root."""
    joined = {end for edge in drawing.edges for end in (edge.source, edge.target)}
    alike: dict[tuple[str, ...], list[FlowNode]] = {}
    for node in group.nodes:
        shared = ("flows", node.label) if node.id in joined else ("none", node.root)
        whole = (*shared, node.verdict or "", *sorted(set(node.classes)))
        alike.setdefault(whole if len(group.nodes) > SINGLE else (node.id,), []).append(node)
    boxes: dict[str, FlowBox] = {}
    for number, nodes in enumerate(alike.values()):
        first = nodes[0]
        label = first.label if len(nodes) == 1 or first.id in joined else first.root
        label = label or phrase("report.no-root", drawing.language)
        box = FlowBox(f"n{number}", label, tuple(nodes), is_group=False)
        boxes |= dict.fromkeys((node.id for node in nodes), box)
    return boxes


def bundled(
    drawing: FlowDrawing, boxes: Mapping[str, FlowBox], own: Mapping[str, FlowBox] | None
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
