"""Where a service of an inventory is, by its vendor's name and by the addresses at which it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, Region
from sovlint.catalog.load import Catalog
from sovlint.model.resources.resource import Named
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.resolve.facts.endpoints import stays_inside
from sovlint.resolve.facts.service_place import ServicePlace, contradictory
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.named_places import named_place
from sovlint.resolve.values import steps, value_of


def vendor_places(
    named: Named, rule: PlacementRule, catalog: Catalog
) -> Sequence[ServicePlace]:
    """The places of a service by its vendor's name and by who answers at its addresses.

    Who is named runs it, wherever it answers; an address of the same company tells the region. An address of another
    company is a place besides: the vendor's host gets the data too, and neither may hide the other. Where nobody is
    named, who answers decides. Addresses that say nothing of a place (of one's own network, of examples) are left out.
    """
    stated = named_place(named, rule, catalog)
    written = cast("Fact[str]", named.region) if isinstance(named.region, Known) else None
    met = [
        sent_to(found, catalog, written)
        for found in named.answers
        if not stays_inside(found.value, catalog)
    ]
    if _nobody(named):
        # Of software that is said to be one's own, a domain of one's own tells nothing more.
        own = isinstance(named.provider, Unknown) and named.provider.note is not None
        return _each_once([at for at in met if _company(at)] if own else met) or (stated,)
    same = [at for at in met if _of(at, stated)]
    others = [_besides(at, stated) for at in met if _company(at) and not _of(at, stated)]
    return _each_once([*_in_regions(stated, same), *others])


def _nobody(named: Named) -> bool:
    return isinstance(named.provider, Unknown) and named.provider.reason is Reason.NO_EVIDENCE


def _company(at: ServicePlace) -> bool:
    return isinstance(at.provider, Known) or bool(at.provider.among)


def _of(at: ServicePlace, stated: ServicePlace) -> bool:
    """Whether an address is surely of the company that is named."""
    provider = value_of(at.provider)
    return provider is not None and provider == value_of(stated.provider)


def _in_regions(stated: ServicePlace, same: Sequence[ServicePlace]) -> Iterator[ServicePlace]:
    """The named company's place in each region that its own addresses tell, or in the one that is written."""
    told = False
    for at in same:
        if isinstance(at.region, Known):
            told = True
            region = (
                _agreed(stated.region, at.region)
                if isinstance(stated.region, Known)
                else at.region
            )
            service = at.service if isinstance(at.service, Known) else stated.service
            yield replace(
                stated,
                service=service,
                region=region,
                decided=(*stated.decided[:1], *at.decided),
            )
    if not told:
        yield stated


def _agreed(written: Known[Region], answering: Known[Region]) -> Fact[Region]:
    """A region that is written and that an address tells, which may be two."""
    one, other = written.value, answering.value
    if one.code == other.code:
        return written
    return contradictory(one, other, (written, answering), "resolve.region-and-address")


def _besides(at: ServicePlace, stated: ServicePlace) -> ServicePlace:
    """The place of another company than the one named, with what says so."""
    causes = steps(*stated.decided[:1], *at.decided)
    return replace(at, decided=(Step(None, Note("resolve.answers-elsewhere"), causes),))


def _each_once(places: Sequence[ServicePlace]) -> tuple[ServicePlace, ...]:
    """Places of which something different is known."""
    found: dict[object, ServicePlace] = {}
    for at in places:
        provider, region = at.provider, at.region
        who = (provider.value,) if isinstance(provider, Known) else provider.cause
        where = region.value.code if isinstance(region, Known) else region.cause
        found.setdefault((who, where), at)
    return tuple(found.values())
