"""Vector: sinks that data reaches from a source, through transforms."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from sovlint.documents import Document, Path
from sovlint.rules.files.outlet import Outlet
from sovlint.settings.pipelines.shapes import mapping, outlet, texts

TOOL = "vector"


def outlets(document: Document, at: Path) -> Iterator[Outlet]:
    """The sinks in use. A file may have sinks alone, whose sources stand in another one: then all are."""
    sinks = mapping(document, (*at, "sinks"))
    sources = set(mapping(document, (*at, "sources")))
    transforms = mapping(document, (*at, "transforms"))
    reached = set(sources)
    growing = True
    while growing:
        more = {
            name
            for name, each in transforms.items()
            if isinstance(each, dict) and _gets(each, reached)
        } - reached
        reached |= more
        growing = bool(more)
    for name, sink in sinks.items():
        kind = sink.get("type") if isinstance(sink, dict) else None
        if isinstance(kind, str) and (not sources or _gets(sink, reached)):
            yield outlet(document, (*at, "sinks", name), TOOL, kind, f"sink {name}")


def _gets(component: dict[str, object], reached: set[str]) -> bool:
    """Whether one of its inputs is there: by name, by an output of it (``route.errors``), or by a pattern."""
    return any(
        name == each or each.startswith(f"{name}.") or fnmatchcase(name, each)
        for each in texts(component.get("inputs"))
        for name in reached
    )
