"""What is held once people say where it is: a qualification may be held in one area alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.entries import Hosting, Scheme
from sovlint.catalog.load import Catalog
from sovlint.model.placement import GLOBAL_REGION, Holding, Late, Placement
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.resolve.facts.offers import outside
from sovlint.resolve.values import members, no_evidence, value_of


def once_located(placement: Placement, catalog: Catalog, day: date) -> Placement:
    """A placement of which people say where it is: outside the area where alone a qualification is held, it isn't. Of
    one that may lie outside, an attestation says nothing until its place is known."""
    area, region = placement.area, value_of(placement.region)
    if isinstance(area, Known) and region not in (None, GLOBAL_REGION):
        return placement
    return replace(placement, holdings=Late(partial(_located, placement, catalog, day)))


def _located(placement: Placement, catalog: Catalog, day: date) -> Iterator[Holding]:
    """The holdings at a place that people name, or that isn't known."""
    area = placement.area
    for holding in placement.holdings:
        scheme = catalog.schemes.get(holding.name)
        hosting = scheme.hosting(None, day) if scheme is not None else ()
        if scheme is not None and hosting:
            if not isinstance(area, Known):
                holding = _while_unlocated(holding, placement, hosting, catalog)
            elif not _is_inside(hosting, area.value):
                holding = _outside(holding, scheme, hosting)
        yield holding


def _is_inside(hosting: Sequence[Hosting], areas: Sequence[str]) -> bool:
    return any(each.area in areas for each in hosting)


def _while_unlocated(
    holding: Holding, placement: Placement, hosting: Sequence[Hosting], catalog: Catalog
) -> Holding:
    """A holding at a place that isn't known: what is attested doesn't count where the provider has regions outside, and
    nobody is asked to attest it there."""
    is_asked = holding.waits_for is not None and bool(holding.waits_for.claim)
    known = value_of(placement.provider)
    if holding.attested is None and (known is None or not is_asked):
        return holding
    places = [member.value for member in members(placement.area)]
    provider = catalog.find_provider(known) if known is not None else None
    if not places and provider is not None:
        places = [region.areas for region in provider.regions.values()]
    inside = all(_is_inside(hosting, areas) for areas in places)
    if inside and (places or known is not None):
        return holding
    if holding.attested is None:
        return replace(holding, waits_for=None)
    params = {"owner": holding.attested, "area": hosting[0].name, "clause": hosting[0].clause}
    note = Note("resolve.attestation-needs-place", params)
    return replace(holding, held=no_evidence("region"), note=note, until=None, attested=None)


def _outside(holding: Holding, scheme: Scheme, hosting: Sequence[Hosting]) -> Holding:
    """Not held, and which attestation that makes nothing of."""
    why = outside(scheme, hosting)
    found = Holding(
        holding.name, Known(False), note=why, sources=tuple(each.source for each in hosting)
    )
    step = holding.held.because if isinstance(holding.held, Known) else None
    if step is None or step.where is None or holding.attested is None:
        return found
    note = Note("resolve.attestation-overruled", {"why": why, "owner": holding.attested})
    return replace(found, note=note, overruled=(step.where,))
