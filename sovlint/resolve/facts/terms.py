"""What is in use on a day: a service that has ended is judged no more, one that hasn't begun is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note


def in_use(
    resources: Iterable[Resource], day: date
) -> tuple[tuple[Resource, ...], tuple[Remark, ...]]:
    """The resources that ``day`` finds in use or yet to come, and what to say of those that it doesn't find in use.

    What begins later is judged all the same: the time to know is before data goes there.
    """
    kept: list[Resource] = []
    remarks: dict[Remark, None] = {}
    for each in resources:
        start, end = (
            (each.term.start, each.term.end) if each.term is not None else (None, None)
        )
        if end is not None and end < day:
            note = Note(
                "resolve.has-ended", {"address": each.address, "end": end.isoformat()}
            )
            remarks[_remark(each, note)] = None
            continue
        kept.append(each)
        if start is not None and start > day:
            note = Note(
                "resolve.not-begun", {"address": each.address, "start": start.isoformat()}
            )
            remarks[_remark(each, note)] = None
    return tuple(kept), tuple(remarks)


def _remark(resource: Resource, note: Note) -> Remark:
    span = resource.where.span()
    return Remark(note, span.path, span.line)
