"""Values that a task works out -> documents, of which each part knows where it was written."""

from __future__ import annotations

from typing import Any

from sovlint.documents import Document
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, to_document
from sovlint.expressions.jinja.values import NotThere, Omitted, as_hole
from sovlint.expressions.templates.keys import shortened
from sovlint.expressions.templates.text import (
    TemplateHole,
    TemplateHoles,
    has_holes,
    origins_of,
)
from sovlint.expressions.templates.values import List, Map
from sovlint.frontends.cluster.charts.rendered_text import known_of_text, steps_of
from sovlint.model.source import Span
from sovlint.model.value import Unknown


def document_of(value: Any, where: Span, holes: TemplateHoles) -> Document:
    """A value as a document; ``where`` is where it is written."""
    return to_document(tree_of(value, where, holes))


def tree_of(value: Any, where: Span, holes: TemplateHoles) -> Node:
    """A value as a tree: what isn't known is a text of which that is known."""
    if isinstance(value, NotThere):
        value = as_hole(value)
    if isinstance(value, TemplateHole):
        return Node(Evaluated.of(value.unknown), where)
    if isinstance(value, Map):
        places = value.places
        return Node(
            {
                _key(key, holes): tree_of(item, places.get(key, where), holes)
                for key, item in value.items()
                if not isinstance(item, Omitted)
            },
            where,
        )
    if isinstance(value, list):
        at = value.places if isinstance(value, List) else []
        spans = at if len(at) == len(value) else [where] * len(value)
        return Node(
            [tree_of(item, span, holes) for item, span in zip(value, spans, strict=True)],
            where,
        )
    if isinstance(value, str):
        return Node(_text(value, where, holes), where)
    return Node(
        int(value) if isinstance(value, float) and value.is_integer() else value, where
    )


def _key(key: str, holes: TemplateHoles) -> str:
    return str(Evaluated.of(known_of_text(key, holes, None))) if has_holes(key) else key


def _text(text: str, where: Span, holes: TemplateHoles) -> str:
    spans = (origin.value for _, origin in origins_of(text) if origin.value is not None)
    written = [
        each
        for each in dict.fromkeys(spans)
        if (each.path, each.line) != (where.path, where.line)
    ]
    if not written and not has_holes(text):
        return str(text)
    return Evaluated.of(known_of_text(text, holes, steps_of(written)))


def helm_values(value: Any, holes: TemplateHoles) -> Any:
    """A value as charts see it: numbers as floats, and holes of their own for what isn't known."""
    if isinstance(value, NotThere):
        value = as_hole(value)
    if isinstance(value, Map):
        made = Map()
        for key, item in value.items():
            if not isinstance(item, Omitted):
                made[_key(key, holes)] = helm_values(item, holes)
        made.places = {_key(key, holes): span for key, span in value.places.items()}
        made.rest = value.rest
        return made
    if isinstance(value, list):
        at = value.places if isinstance(value, List) else []
        return List((helm_values(item, holes) for item in value), at)
    if isinstance(value, str) and has_holes(value):
        known = known_of_text(value, holes, None)
        names = "".join(
            f"<{holes.hole(each).key}>" if has_holes(each) else each for each in value
        )
        assert isinstance(known, Unknown)
        return TemplateHole(known, shortened(f"jinja'{names}'"))
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
