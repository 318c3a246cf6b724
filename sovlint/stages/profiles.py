"""What the catalogue knows of a provider on a day, gathered into plain data for reports to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sovlint.catalog.compiling.control import EVERYWHERE
from sovlint.catalog.entries import Provider, Scheme, ServiceOffer
from sovlint.catalog.load import Catalog
from sovlint.model.dates import perhaps
from sovlint.model.findings.finding import Report
from sovlint.model.lookups.profile import (
    Apart,
    Company,
    FromOutside,
    OfferStanding,
    Profile,
    RegionProfile,
)
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.value import Known
from sovlint.model.world import Jurisdiction
from sovlint.resolve.facts.control import control_in
from sovlint.resolve.facts.offers import standing
from sovlint.resolve.facts.owner_limits import in_force_with_limits
from sovlint.resolve.facts.ownership_ages import oldest


def profiles_of(found: Report, catalog: Catalog, day: date) -> Mapping[str, Profile]:
    """What the catalogue knows of the companies that anything lands with, by id."""
    from sovlint.report.pieces.landings import landings

    used = sorted({line.provider for line in landings(found) if line.provider})
    return {
        name: profile(catalog, catalog.providers[name], day, reached_by=False)
        for name in used
        if name in catalog.providers
    }


def profile(
    catalog: Catalog, provider: Provider, day: date, reached_by: bool = True
) -> Profile:
    """Everything about a provider, as it stands on ``day``; by which hosts and plug-ins code reaches it (``reached_by``)
    takes a look at every plug-in there is."""
    company = catalog.company(provider.id, day)
    derived = catalog.control(provider.id, day)
    controlled = control_in(provider, EVERYWHERE, catalog, day)
    made = catalog.technology(provider.id, day)
    schemes = dict(sorted(catalog.schemes.items(), key=lambda each: each[1].on_request))
    apart = tuple(_apart(catalog, provider, day))
    technology = (made.codes or (), *made.services.values())
    named = (
        *derived.states,
        *(code for codes in technology for code in codes),
        *(code for each in apart for code in each.control),
    )
    return Profile(
        id=provider.id,
        name=provider.name,
        aliases=provider.aliases,
        kind=provider.kind,
        status=provider.status,
        as_of=day,
        company=company,
        runs_on=None
        if provider.runs_on is None
        else tuple(catalog.providers[each].name for each in provider.runs_on),
        control=derived.states,
        control_known=controlled,
        control_limited=bool(derived.open) and isinstance(controlled, Known),
        control_derived=derived.steps,
        read_again=oldest(catalog.control(provider.id, day).evidence, day),
        technology=made.codes,
        makers=tuple(
            maker for maker in provider.makers if perhaps(maker.since, maker.until, day)
        ),
        technology_of=made.services,
        places=places(provider),
        standings=tuple(
            _standing(name, offer, scheme, day)
            for name, scheme in schemes.items()
            for offer in scheme.offers.get(provider.id, ())
        ),
        without_offer=tuple(
            (name, scheme.read, scheme.complete)
            for name, scheme in schemes.items()
            if not scheme.offers.get(provider.id) and not scheme.on_request
        ),
        hosts=catalog.hosts_of(provider.id) if reached_by else (),
        plugins=catalog.plugins_of(provider.id) if reached_by else (),
        sources=provider.sources,
        from_outside=tuple(_from_outside(catalog, provider, day)),
        apart=apart,
        notes=provider.notes,
        states=_states(catalog, _named(provider, company, named)),
        areas=catalog.areas,
        titles={name: scheme.title for name, scheme in schemes.items()},
    )


def _states(catalog: Catalog, codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """The states of these codes, and the unions that they lie in, which have laws of their own."""
    found = {code: catalog.jurisdictions[code] for code in codes}
    areas = (area for state in found.values() for area in state.areas)
    unions = {
        area: catalog.jurisdictions[area] for area in areas if area in catalog.jurisdictions
    }
    return found | unions


def _from_outside(catalog: Catalog, provider: Provider, day: date) -> Iterator[FromOutside]:
    """What is held from outside, against each referential that limits it on the day; shares come first."""
    held = catalog.control(provider.id, day).held_from_outside
    offer = in_force_with_limits(provider.id, catalog, day)
    for name, scheme in catalog.schemes.items():
        for version in scheme.versions:
            limits = version.limits_owners
            if limits is None or not version.counts(day):
                continue
            found = held[limits.area]
            qualified = (
                offer is not None
                and offer in scheme.offers.get(provider.id, ())
                and offer.version == version.id
            )
            beyond = found.single > limits.single or found.least > limits.together
            shown = found.most <= min(limits.single, limits.together)
            yield FromOutside(
                name, version.id, limits.clause, limits.area, limits.single, limits.together,
                found.single, found.least, found.most,
                within=False if beyond else True if shown or qualified else None,
                by="shares" if beyond or shown else "qualification" if qualified else None,
                contradicted=beyond and qualified,
            )  # fmt: skip


def _apart(catalog: Catalog, provider: Provider, day: date) -> Iterator[Apart]:
    """The regions that have a company or a cloud of their own, together where they are the same."""
    found = {code: catalog.control(provider.id, day, code) for code in provider.run_apart}
    for steps in dict.fromkeys(each.steps for each in found.values()):
        regions = tuple(code for code, each in found.items() if each.steps == steps)
        derived = found[regions[0]]
        company = catalog.company(provider.id, day, regions[0])
        known = control_in(provider, regions[0], catalog, day)
        yield Apart(regions, company.name, derived.states, known, derived.steps)


def places(provider: Provider) -> tuple[RegionProfile, ...]:
    """The regions of a provider that are places, not the name for what has none."""
    return tuple(
        RegionProfile(code, region.country, region.areas)
        for code, region in provider.regions.items()
        if code != GLOBAL_REGION
    )


def _standing(name: str, offer: ServiceOffer, scheme: Scheme, day: date) -> OfferStanding:
    valid, reasons = standing(offer, scheme, day)
    return OfferStanding(
        qualification=name,
        offer=offer.offer,
        version=offer.version,
        since=offer.since,
        until=offer.until,
        valid=valid,
        source=offer.source,
        reasons=reasons,
        days_left=(offer.until - day).days
        if offer.until and valid is not False and day <= offer.until
        else None,
        regions=offer.regions,
        regions_complete=offer.regions_complete,
        area=offer.area,
        services=offer.services,
        excluded=offer.excluded,
        services_complete=offer.services_complete,
        activities=offer.activities,
        transfer_table=offer.transfer_table,
        note=offer.note,
    )


def _named(provider: Provider, company: Company, control: tuple[str, ...]) -> Iterator[str]:
    """Every state that is named anywhere, each once or more."""
    yield from control
    yield from (region.country for region in provider.regions.values() if region.country)
    yield from _seats(company)


def _seats(company: Company) -> Iterator[str]:
    yield company.seat
    for share in company.shares or ():
        for holder in share.holders:
            yield from _seats(holder)
