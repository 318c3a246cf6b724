"""Where a service of an inventory is, by its vendor's name and by the addresses at which it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, Region
from sovlint.catalog.load import Catalog
from sovlint.model.resource import Named
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.resolve.facts.endpoints import stays_inside
from sovlint.resolve.facts.regions import Place
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.places import named_place


def vendor_places(named: Named, rule: PlacementRule, catalog: Catalog) -> Sequence[Place]:
    """The places of a service by its vendor's name and by who answers at its addresses.

    Who is named runs it, wherever it answers; an address of the same company tells the region. An address of another
    company is a place besides: the vendor's host gets the data too, and neither may hide the other. Where nobody is
    named, who answers decides. Addresses that say nothing of a place (of one's own network, of examples) are left out.
    """
    stated = named_place(named, rule, catalog)
    written = cast("Fact[str]", named.region) if isinstance(named.region, Known) else None
    met = [sent_to(found, catalog, written) for found in named.answers if not stays_inside(found.value, catalog)]
    if _nobody(named):
        # Of software that is said to be one's own, a domain of one's own tells nothing more.
        own = isinstance(named.provider, Unknown) and named.provider.note is not None
        return _each_once([at for at in met if _company(at)] if own else met) or (stated,)
    same = [at for at in met if _of(at, stated)]
    others = [_besides(at, stated) for at in met if _company(at) and not _of(at, stated)]
    return _each_once([*_in_regions(stated, same), *others])


def _nobody(named: Named) -> bool:
    return isinstance(named.provider, Unknown) and named.provider.reason is Reason.NO_EVIDENCE


def _company(at: Place) -> bool:
    return isinstance(at.provider, Known) or bool(at.provider.among)


def _of(at: Place, stated: Place) -> bool:
    """Whether an address is surely of the company that is named."""
    known = isinstance(at.provider, Known) and isinstance(stated.provider, Known)
    return known and cast("Known[str]", at.provider).value == cast("Known[str]", stated.provider).value


def _in_regions(stated: Place, same: Sequence[Place]) -> Iterator[Place]:
    """The named company's place in each region that its own addresses tell, or in the one that is written."""
    told = [at for at in same if isinstance(at.region, Known)]
    if not told:
        yield stated
    for at in told:
        region = at.region
        if isinstance(stated.region, Known):
            region = _agreed(stated.region, cast("Known[Region]", at.region))
        service = at.service if isinstance(at.service, Known) else stated.service
        yield replace(stated, service=service, region=region, decided=(*stated.decided[:1], *at.decided))


def _agreed(written: Known[Region], answering: Known[Region]) -> Fact[Region]:
    """A region that is written and that an address tells, which may be two."""
    one, other = written.value.code, answering.value.code
    if one == other:
        return written
    because = Step(
        None, Note("resolve.region-and-address"), tuple(c for c in (written.because, answering.because) if c)
    )
    among = (cast("Known[object]", written), cast("Known[object]", answering))
    note = Note("resolve.contradictory", {"one": one, "other": other})
    return Unknown(Reason.MULTI_VALUED, f"{one}, {other}", because, among=among, note=note)


def _besides(at: Place, stated: Place) -> Place:
    """The place of another company than the one named, with what says so."""
    parents = tuple(each for each in (*stated.decided[:1], *at.decided) if each is not None)
    return replace(at, decided=(Step(None, Note("resolve.answers-elsewhere"), parents),))


def _each_once(places: Sequence[Place]) -> tuple[Place, ...]:
    """Places of which something different is known."""
    found: dict[object, Place] = {}
    for at in places:
        known = isinstance(at.provider, Known)
        provider = cast("Known[str]", at.provider).value if known else cast("Unknown", at.provider).cause
        region = at.region.value.code if isinstance(at.region, Known) else at.region.cause
        found.setdefault((known, provider, region), at)
    return tuple(found.values())
