"""What is in use on a day: a service that has ended is judged no more, one that hasn't begun is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sovlint.model.resource import Remark, Resource
from sovlint.model.text import Note


def in_use(resources: Iterable[Resource], day: date) -> tuple[tuple[Resource, ...], tuple[Remark, ...]]:
    """The resources that ``day`` finds in use or yet to come, and what to say of those that it doesn't find in use.

    What begins later is judged all the same: the time to know is before data goes there.
    """
    kept: list[Resource] = []
    remarks: dict[Remark, None] = {}
    for each in resources:
        term = each.term
        if term is None:
            kept.append(each)
            continue
        span = each.where.span()
        if term.end is not None and term.end < day:
            params = {"address": each.address, "end": term.end.isoformat()}
            remarks[Remark(Note("resolve.has-ended", params), span.path, span.line)] = None
            continue
        kept.append(each)
        if term.start is not None and term.start > day:
            params = {"address": each.address, "start": term.start.isoformat()}
            remarks[Remark(Note("resolve.not-begun", params), span.path, span.line)] = None
    return tuple(kept), tuple(remarks)
