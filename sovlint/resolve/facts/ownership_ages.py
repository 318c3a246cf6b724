"""How old it is what is known of who holds a company: what was read over a year ago is to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from sovlint.catalog.compiling.control import EVERYWHERE
from sovlint.catalog.compiling.within import a_year_after
from sovlint.catalog.contents import earliest_day
from sovlint.catalog.load import Catalog
from sovlint.model.placement import Placement, ShownBy, Shows, Source
from sovlint.resolve.values import members

NOTICE: Final = timedelta(days=90)
"""So long before it doesn't count any more it is said of what ages."""

_HOLDING: Final = frozenset({Shows.OWNER, Shows.OPERATOR})
"""What shows who holds a company; what says that all of it is held in an area ages by itself."""


def read_day(source: Source) -> date | None:
    """The earliest day on which a source may have been read; ``None`` where nothing says when."""
    return earliest_day(source.read_on or source.date)


def oldest(evidence: Iterable[ShownBy], day: date) -> date | None:
    """When the oldest source on who holds a company was read, where that was over a year before ``day``."""
    shown = (
        each.source for each in evidence if each.shows in _HOLDING and not each.background
    )
    days = [found for found in map(read_day, shown) if found is not None]
    return min((found for found in days if a_year_after(found) < day), default=None)


def to_read_again(placements: Iterable[Placement], day: date) -> Iterator[str]:
    """The providers of ``placements`` whose owners were read over a year before ``day``."""
    for placement in placements:
        if oldest(placement.evidence, day) is not None:
            yield from (each.value for each in members(placement.provider))


def ages_soon(provider: str, catalog: Catalog, day: date) -> date | None:
    """The last day on which what proves who controls a provider counts, where that is within ``NOTICE``."""
    known = catalog.find_provider(provider)
    if known is None:
        return None
    last = [
        found
        for region in (EVERYWHERE, *known.run_apart)
        if (found := catalog.control(known.id, day, region).ages) is not None
    ]
    return next((each for each in sorted(last) if each - day <= NOTICE), None)
