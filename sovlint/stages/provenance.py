"""What a report was made of: the oldest sources that it rests on, the commit, and digests of what doesn't ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sovlint import __version__
from sovlint.catalog.compiling.control import EVERYWHERE
from sovlint.catalog.contents import earliest_day
from sovlint.catalog.load import Catalog
from sovlint.files.commit import checkout, commit
from sovlint.model.findings.finding import Finding
from sovlint.model.findings.provenance import Checkout, Provenance, SourceDates
from sovlint.model.placement import GLOBAL_REGION, Placed, Placement
from sovlint.resolve.facts.ownership_ages import ages_soon, to_read_again
from sovlint.resolve.values import members
from sovlint.stages.judge import JudgeResult
from sovlint.stages.place import PlaceResult
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run

Dates = set[str]
"""Dates of sources, as written."""


def provenance(
    run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult, judged: JudgeResult
) -> Provenance:
    """All of it. git is asked and files are digested only where the run says that somebody wants to know."""
    catalog, repository = rulebook.catalog, read.repository
    rested = _placements(judged.judgement.findings, placed.reported)
    made = Provenance(
        tool=__version__,
        catalogue=catalog.date,
        dates=source_dates(rested, catalog, run.request.as_of),
        checkout=run.checkout or Checkout(commit(repository.root)),
    )
    if not run.provenance:
        return made
    from msgspec.structs import replace

    from sovlint.stages.digests import digests

    return replace(made, checkout=_checkout(run, read), digests=digests(run, repository.root))


def _checkout(run: Run, read: ReadResult) -> Checkout:
    if run.checkout is not None:
        return run.checkout
    repository = read.repository
    return checkout(repository.root, {repository.real(path) for path in read.reading.files})


def _placements(findings: Sequence[Finding], placed: Sequence[Placed]) -> Iterable[Placement]:
    """The placements that were judged; where none was, those that carry a payload."""
    found = [each.placement for each in findings if each.placement is not None]
    return found or (
        place for each in placed if not each.is_config for place in each.placements
    )


def source_dates(placements: Iterable[Placement], catalog: Catalog, day: date) -> SourceDates:
    """How old the oldest source is of each kind of fact on which placements rest."""
    owners, held, places = Dates(), Dates(), Dates()
    met = dict.fromkeys(placements)
    for provider, region in {pair for place in met for pair in _whereabouts(place)}:
        owners |= _of_owners(provider, region, catalog, day)
        places |= _of_places(provider, region, catalog)
    for place in met:
        held.update(_of_holdings(place, catalog))
    written = {"ownership": owners, "qualifications": held, "places": places}
    days = {kind: [earliest_day(each) for each in found] for kind, found in written.items()}
    companies = {each.value for place in met for each in members(place.provider)}
    ages = {each: ages_soon(each, catalog, day) for each in sorted(companies)}
    return SourceDates(
        **{
            kind: min((each for each in found if each), default=None)
            for kind, found in days.items()
        },
        undated=tuple(kind for kind, found in days.items() if None in found),
        read_again=tuple(sorted(set(to_read_again(met, day)))),
        ages={each: last for each, last in ages.items() if last is not None},
    )


def _whereabouts(place: Placement) -> Iterator[tuple[str, str | None]]:
    """The providers and regions that it may be at; ``None``: any region."""
    regions: list[str | None] = [each.value for each in members(place.region)] or [None]
    for provider in members(place.provider):
        yield from ((provider.value, region) for region in regions)


def _of_owners(provider: str, region: str | None, catalog: Catalog, day: date) -> Dates:
    known = catalog.find_provider(provider)
    if known is None:
        return Dates()
    regions = (EVERYWHERE, *known.run_apart) if region is None else (region,)
    return Dates().union(*(catalog.ownership_dates(known.id, day, each) for each in regions))


def _of_places(provider: str, region: str | None, catalog: Catalog) -> Dates:
    """The dates behind the country of a region; what has none may be in any place of its provider."""
    known = catalog.find_provider(provider)
    if known is None:
        return Dates()
    if region not in (None, GLOBAL_REGION):
        found = catalog.find_region(known.id, str(region))
        return {found.source.date} if found and found.source else Dates()
    return {
        each.source.date
        for each in known.regions.values()
        if each.source and each.code != GLOBAL_REGION
    }


def _of_holdings(place: Placement, catalog: Catalog) -> Iterator[str]:
    """The dates behind what is held; where no offer is known, that of the list in which there is none. Nothing was
    looked up of whom nobody knows."""
    for holding in place.holdings if members(place.provider) else ():
        if holding.sources:
            yield from (each.date for each in holding.sources)
        elif holding.name in catalog.schemes:
            yield catalog.schemes[holding.name].read.isoformat()
