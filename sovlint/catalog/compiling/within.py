"""That all of a company is held in an area: how far the sources prove it, and until when they count.

Such a statement answers whether a state outside the area can control a company, without naming who has the majority.
It takes a source of high confidence, or two of medium confidence at different sites. It ages: nobody reads every day who
bought what.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sovlint.catalog.compiling.written_data import Data
from sovlint.model import dates
from sovlint.model.decoding import late_pattern

LONGEST_YEAR = 366
"""Days."""
_READ = late_pattern(r"\b\d{4}(?:-\d{2}(?:-\d{2})?)?\b")


class WithinProof(StrEnum):
    """How far it is proved on a day that all of a company is held in an area."""

    UNSAID = "unsaid"
    ONE_SOURCE = "one-source"
    AGED = "aged"
    PROVED = "proved"


def proved(parts: Data, entity: Data, day: date) -> WithinProof:
    """How far what an entity's ``held_within`` says is proved on ``day``."""
    said = entity.get("held_within")
    if said is None or not dates.surely(said.get("since"), said.get("until"), day):
        return WithinProof.UNSAID
    found = _sources(parts, said)
    if any(source["background"] for source in found):
        return WithinProof.UNSAID
    read = [source for source in found if _is_read_by(source, day)]
    if not read:
        return WithinProof.UNSAID
    if not _enough(read):
        return WithinProof.ONE_SOURCE
    last = last_day(parts, said)
    return WithinProof.PROVED if last is not None and day <= last else WithinProof.AGED


def last_day(parts: Data, said: Data) -> date | None:
    """The last day on which its sources count: twelve months after the first of them was read. ``None``: a source
    doesn't say when it was read, so that it never counts."""
    days = [read_day(source) for source in _sources(parts, said)]
    known = [day for day in days if day is not None]
    return a_year_after(min(known)) if len(known) == len(days) else None


def read_day(source: Data) -> date | None:
    """The day on which a source was read; else the first on which it may have been, or was published, as ``date`` says."""
    written = _READ.search(source.get("read_on") or source["date"])
    return dates.first_day(written[0]) if written else None


def _is_read_by(source: Data, day: date) -> bool:
    """Whether a source may speak of ``day``: one that was read more than a year later doesn't, nor one dated so."""
    read = read_day(source)
    return read is None or read <= day + timedelta(days=LONGEST_YEAR)


def a_year_after(day: date) -> date:
    """The same day twelve months later."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def turns(parts: Data, said: Data) -> Iterator[date]:
    """The day from which its sources no longer count."""
    read = filter(None, (read_day(source) for source in _sources(parts, said)))
    yield from (each - timedelta(days=LONGEST_YEAR) for each in read)
    last = last_day(parts, said)
    if last is not None:
        yield last + timedelta(days=1)


def source_keys(said: Data) -> Iterator[str]:
    """The ids of its sources."""
    yield said["source"]
    if second := said.get("seconded_by"):
        yield second["source"]


def _sources(parts: Data, said: Data) -> list[Data]:
    return [parts["sources"][key] for key in source_keys(said)]


def _enough(found: list[Data]) -> bool:
    """Whether one can be relied on alone, or two of medium confidence say the same at different sites."""
    if any(source.get("confidence") == "high" for source in found):
        return True
    sites = {_site(source) for source in found if source.get("confidence") == "medium"}
    return len(sites - {""}) > 1


def _site(source: Data) -> str:
    """The host of a source's address, with or without ``www.``; empty where it has none."""
    return (urlsplit(source.get("url") or "").hostname or "").removeprefix("www.")
