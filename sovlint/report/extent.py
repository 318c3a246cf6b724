"""How far a declaration reaches: what stands inside of a resource, for those whose span is its first line alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sovlint.model.resource import Resource
from sovlint.model.source import Span


class Extents:
    """Where resources begin, file by file."""

    __slots__ = ("_starts",)

    def __init__(self, resources: Iterable[Resource]) -> None:
        starts: dict[str, set[int]] = {}
        for resource in resources:
            span = resource.where.span()
            starts.setdefault(span.path, set()).add(span.line)
        self._starts = {path: sorted(lines) for path, lines in starts.items()}

    def holds(self, resource: Resource, span: Span) -> bool:
        """Whether ``span`` is part of the declaration of ``resource``.

        Where its own span is one line, that is taken to be the head: its body is what is indented more, up to the
        next resource. A place wrongly left out costs a line of output; that is all that rests on this.
        """
        own = resource.where.span()
        if span.path != own.path or span.line < own.line:
            return False
        if own.end_line > own.line or span.line == own.line:
            return span.line <= own.end_line
        starts = self._starts.get(own.path, [])
        after = bisect_right(starts, own.line)
        return span.column > own.column and (after == len(starts) or span.line < starts[after])
