"""One document: plain data, and where each part of it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import Struct, field

from sovlint.documents.places import NodePlace, Path, Spans
from sovlint.model.source import Span

Made = TypeVar("Made")


class Document(Struct, frozen=True):
    """One document: ``data`` is made of dict, list, str, int, float, bool and None; keys are strings.

    ``spans`` has the span of the key (of a mapping entry) or of the item (of a list), by path. ``duplicates`` are
    keys that stand twice in one mapping (the last one counts), with the span of the later one and the line of the one
    before it. ``tags`` are local tags (``!reset``) by the
    line and column where the value begins.
    """

    data: Any
    path: str
    spans: Mapping[Path, Span]
    ends: Mapping[Path, Span]
    duplicates: tuple[tuple[str, Span, int], ...] = ()
    tags: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def tag(self, path: Path = ()) -> str:
        """The local tag of what stands at ``path``, with its exclamation mark; empty where it has none."""
        end = self.ends.get(path) if self.tags else None
        return "" if end is None else self.tags.get((end.line, end.column), "")

    def span(self, path: Path = ()) -> Span:
        """The span of what stands at ``path``, or of its nearest parent."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans[path]

    def whole(self, path: Path = ()) -> Span:
        """From the key at ``path`` to the end of its value."""
        start = self.span(path)
        end = self.ends.get(path, start)
        return Span(start.path, start.line, start.column, end.end_line, end.end_column)

    def fold(self, make: Callable[[Any, Span, Span, str], Made], at: Path = ()) -> Made:
        """What ``make`` makes of the value at ``at``, its ``span``, its ``whole`` span and its tag, from the leaves up.

        Cheaper than asking for the spans one by one: each of those is looked up from the top, this goes down once.
        """
        data = self.data
        for part in at:
            data = data[part]
        return self._fold(
            make, data, at, self.spans.place(at) if isinstance(self.spans, Spans) else None
        )

    def _fold(
        self,
        make: Callable[[Any, Span, Span, str], Made],
        data: Any,
        at: Path,
        place: NodePlace | None,
    ) -> Made:
        inner = place.inner if place is not None else None
        value = data
        if isinstance(data, dict):
            by_key = inner if isinstance(inner, dict) else {}
            value = {
                key: self._fold(make, item, (*at, key), by_key.get(key))
                for key, item in data.items()
            }
        elif isinstance(data, list):
            items = (
                inner
                if isinstance(inner, list) and len(inner) == len(data)
                else [None] * len(data)
            )
            value = [
                self._fold(make, item, (*at, index), items[index])
                for index, item in enumerate(data)
            ]
        if place is None:
            return make(value, self.span(at), self.whole(at), self.tag(at))
        tag = self.tags.get(place.begins, "") if self.tags else ""
        return make(value, *place.spans(self.path), tag)
