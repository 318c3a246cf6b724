"""Where a service is: at which company, as which of its services, in which of the catalogue's regions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.placement import GLOBAL_REGION, ShownBy
from sovlint.model.redaction.redact import HIDDEN
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    either,
    hint_in,
    hints_first,
    map_fact,
)
from sovlint.resolve.values import steps

T = TypeVar("T")


class ServicePlace(Struct, frozen=True):
    """Provider id, service id and region; ``decided`` are the steps that show why, ``hosts`` what shows whose the host
    is, where it was found by one."""

    provider: Fact[str]
    service: Fact[str]
    region: Fact[Region]
    decided: tuple[Because, ...] = ()
    hosts: tuple[ShownBy, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of ``decided``, as parents of another."""
        return steps(*self.decided)

    @property
    def region_code(self) -> Fact[str]:
        """The region by its code."""
        return map_fact(self.region, lambda region: Known(region.code))


def as_read(place: ServicePlace) -> ServicePlace | None:
    """A place by the values that were read, where others here contradict them; ``None`` where none does."""
    provider, service = _as_read(place.provider), _as_read(place.service)
    region = _as_read(place.region)
    if (provider, service, region) == (place.provider, place.service, place.region):
        return None
    return replace(place, provider=provider, service=service, region=region)


def _as_read(fact: Fact[T]) -> Fact[T]:
    is_contradicted = isinstance(fact, Unknown) and fact.kind is UnknownKind.CONTRADICTED
    if not is_contradicted or isinstance(fact, Known) or not fact.among:
        return fact
    return cast("Known[T]", fact.among[0])


def as_proved(place: ServicePlace) -> ServicePlace | None:
    """A place by what proves it, without what mere hints show; ``None`` where they have no part in it."""
    provider = _as_proved(place.provider, "provider")
    if provider is not place.provider:
        assert isinstance(provider, Unknown)
        return replace(
            place, provider=provider, region=provider
        )  # its code means something there alone
    region = _as_proved(place.region, "region")
    return None if region is place.region else replace(place, region=region)


def _as_proved(fact: Fact[T], detail: str) -> Fact[T]:
    may_be = () if isinstance(fact, Known) else fact.among or ()
    chains = (fact.because, *(each.because for each in may_be))
    hint = next(filter(None, map(hint_in, chains)), None)
    if hint is None:
        return fact
    if isinstance(fact, Unknown):
        return fact.bare()
    at = hint.where.span() if hint.where is not None else None
    said = {"shown": hint.note, "at": f"{at.path}:{at.line}" if at is not None else ""}
    note, kind = Note("resolve.cluster-hinted", said), UnknownKind.CLUSTER_HINTED
    if hint.kind is StepKind.DOUBTED:
        note = Note("resolve.cluster-doubted", said)
    return Unknown(Reason.NO_EVIDENCE, detail, fact.because, note=note, kind=kind)


def nowhere(why: Unknown, service: Fact[str] | None = None) -> ServicePlace:
    """A place of which nothing is known but the service, if that is given."""
    return ServicePlace(why, why if service is None else service, why, (why.because,))


def one_of_places(places: Sequence[ServicePlace], detail: str) -> ServicePlace:
    """The place that is one of several, known as far as they agree; ``detail`` names what there are several of."""
    if len(places) == 1:
        return places[0]
    decided = tuple(cause for place in places for cause in place.decided)
    several = Unknown(Reason.MULTI_VALUED, detail, decided[0] if decided else None)
    return ServicePlace(
        either(hints_first(place.provider for place in places), several),
        either([place.service for place in places], several),
        either(hints_first(place.region for place in places), several),
        decided,
        tuple(dict.fromkeys(shown for place in places for shown in place.hosts)),
    )


def provider_at(place: ServicePlace, catalog: Catalog) -> Fact[Provider]:
    """The catalogue's entry of whoever runs what is at a place."""

    def entry(provider: str) -> Fact[Provider]:
        found = catalog.find_provider(provider)
        return Known(found) if found else Unknown(Reason.NOT_IN_CATALOGUE, provider)

    return map_fact(place.provider, entry)


# --- regions


def region_of(provider: Fact[str], written: Fact[str], catalog: Catalog) -> Fact[Region]:
    """The catalogue's region for what is written; a code that the provider doesn't have is never a guess."""

    def of(code: str) -> Fact[Region]:
        def at_provider(holder: str) -> Fact[Region]:
            found = catalog.find_region(holder, code)
            return (
                Known(found)
                if found
                else Unknown(Reason.NOT_IN_CATALOGUE, shown_code(written, code))
            )

        return map_fact(provider, at_provider)

    begun = _begun(provider, written, catalog)
    found = map_fact(written, of) if begun is None else begun
    if (
        hint_in(written.because) is not None
    ):  # otherwise the provider's chain is that of the region
        found = replace(found, because=written.because)
    if isinstance(found, Unknown) and isinstance(written, Unknown) and written.parts:
        return found.but(
            parts=written.parts
        )  # what is written in part still speaks against other places
    return found


def _begun(provider: Fact[str], written: Fact[str], catalog: Catalog) -> Fact[Region] | None:
    """The region of a zone whose last characters alone aren't known (``europe-west9-`` and a letter).

    Only where the provider's zones are written so, and no other region's code begins like that.
    """
    parts = written.parts if isinstance(written, Unknown) and not written.among else None
    if (
        parts is None
        or len(parts) != 2
        or not parts[0]
        or parts[1] is not None
        or not isinstance(provider, Known)
    ):
        return None
    start, entry = parts[0].lower(), catalog.find_provider(provider.value)
    region = next(
        (
            found
            for end in "a1"
            if (found := catalog.find_region(provider.value, start + end))
        ),
        None,
    )
    if entry is None or region is None or not start.startswith(region.code.lower()):
        return None
    if any(code.lower().startswith(start) and code != region.code for code in entry.regions):
        return None
    return (
        Known(region, written.because, written.sensitive)
        if start != region.code.lower()
        else None
    )


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
    return bool(region.areas) and set(region.areas) <= set(
        areas
    )  # one in no area is surely spread over others


def contradictory(
    one: Region, other: Region, among: tuple[Known[object], Known[object]], key: str
) -> Unknown:
    """A region that may be either of two; ``key`` is that of a note on what contradicts what."""
    because = Step(None, Note(key), steps(*(each.because for each in among)))
    note = Note("resolve.contradictory", {"one": one.code, "other": other.code})
    return Unknown(
        Reason.MULTI_VALUED, f"{one.code}, {other.code}", because, among=among, note=note
    )
