"""The catalogue's region for what is written, and whether one may lie in a country."""

from __future__ import annotations

from sovlint.catalog.entries import Region
from sovlint.catalog.load import Catalog
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, map_fact
from sovlint.resolve.values import steps


def region_of(provider: Fact[str], written: Fact[str], catalog: Catalog) -> Fact[Region]:
    """The catalogue's region for what is written; a code that the provider doesn't have is never a guess."""

    def of(code: str) -> Fact[Region]:
        def at_provider(holder: str) -> Fact[Region]:
            found = catalog.find_region(holder, code)
            return Known(found) if found else Unknown(Reason.NOT_IN_CATALOGUE, shown_code(written, code))

        return map_fact(provider, at_provider)

    begun = _begun(provider, written, catalog)
    found = map_fact(written, of) if begun is None else begun
    if isinstance(found, Unknown) and isinstance(written, Unknown) and written.parts:
        return found.but(parts=written.parts)  # what is written in part still speaks against other places
    return found


def _begun(provider: Fact[str], written: Fact[str], catalog: Catalog) -> Fact[Region] | None:
    """The region of a zone whose last characters alone aren't known (``europe-west9-`` and a letter).

    Only where the provider's zones are written so, and no other region's code begins like that.
    """
    parts = written.parts if isinstance(written, Unknown) and not written.among else None
    if parts is None or len(parts) != 2 or not parts[0] or parts[1] is not None or not isinstance(provider, Known):
        return None
    start, entry = parts[0].lower(), catalog.find_provider(provider.value)
    region = next((found for end in "a1" if (found := catalog.find_region(provider.value, start + end))), None)
    if entry is None or region is None or not start.startswith(region.code.lower()):
        return None
    if any(code.lower().startswith(start) and code != region.code for code in entry.regions):
        return None
    return Known(region, written.because, written.sensitive) if start != region.code.lower() else None


def shown_code(written: Fact[str], code: str) -> str:
    """A code as it may be printed."""
    return HIDDEN if written.sensitive else code


def pair_of(provider: Fact[str], region: Fact[Region], catalog: Catalog) -> Fact[Region]:
    """The region that geo-redundant storage in ``region`` copies to."""

    def pair(region: Region) -> Fact[Region]:
        if region.pair is None:
            note = Note("resolve.pair-unlisted", {"region": region.code})
            return Unknown(Reason.NOT_IN_CATALOGUE, region.code, note=note)
        return region_of(provider, Known(region.pair), catalog)

    return map_fact(region, pair)


def may_lie_in(region: Region, country: str, areas: tuple[str, ...]) -> bool:
    """Whether a region is in a country, which lies in ``areas``, or is in none in particular and may be there."""
    if region.country is not None:
        return region.country == country
    if region.code == GLOBAL_REGION:
        return True
    return bool(region.areas) and set(region.areas) <= set(areas)  # one in no area is surely spread over others


def contradictory(one: Region, other: Region, among: tuple[Known[object], Known[object]], key: str) -> Unknown:
    """A region that may be either of two; ``key`` is that of a note on what contradicts what."""
    because = Step(None, Note(key), steps(*(each.because for each in among)))
    note = Note("resolve.contradictory", {"one": one.code, "other": other.code})
    return Unknown(Reason.MULTI_VALUED, f"{one.code}, {other.code}", because, among=among, note=note)
