"""What the catalogue has of each kind of service, placed on a day: the market that remedies are chosen from."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.entries import Provider
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.findings.remedy import Candidate, Offered, ServiceKind
from sovlint.model.placement import GLOBAL_REGION, Placement
from sovlint.model.value import Fact, Known, Unknown
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.last_days import ends
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.places.placement_facts import in_region, placement_at
from sovlint.resolve.values import no_evidence, value_of

IN_BUSINESS = "active"
"""The status of a provider that anybody can move to."""

_NO_ROLE = no_evidence("role")


class Peers:
    """The market of a catalogue on a day (``model/findings/remedy.py``); each kind is placed once, when asked for.

    Attestations without a fault count where they name a provider and speak of no resource in particular: what is said
    of one address needn't be true of what would replace it.
    """

    def __init__(self, catalog: Catalog, attested: Sequence[Attestation], day: date) -> None:
        self._catalog = catalog
        general = (each for each in attested if each.general and each.fault is None)
        self._attested = [each for each in general if each.provider is not None]
        self._day = day
        self._offered: dict[str, tuple[Offered, ...]] = {}

    def kind(self, placement: Placement) -> ServiceKind | None:
        """The kind of what is placed, by its service; of one service with several purposes, by its role."""
        provider, role = value_of(placement.provider), value_of(placement.role)
        if provider is None or role is None:
            return None
        kinds = self._catalog.kinds_of(provider, value_of(placement.service))
        if len(kinds) > 1:
            kinds = tuple(kind for kind in kinds if kind.roles is None or role in kind.roles)
        return ServiceKind(kinds[0].id, kinds[0].name) if len(kinds) == 1 else None

    def services(self, kind: ServiceKind) -> Sequence[Offered]:
        """Every service of a kind at a provider that is in business, by provider and service."""
        if kind.id not in self._offered:
            self._offered[kind.id] = tuple(
                Offered(
                    self._on(_anywhere(provider, service), self._day),
                    partial(self._in_regions, provider, service),
                )
                for provider, service in self._catalog.of_kind(kind.id)
                if provider.status == IN_BUSINESS
                and not self._catalog.is_ended(provider.id, service)
            )
        return self._offered[kind.id]

    def _in_regions(self, provider: Provider, service: str | None) -> Iterator[Candidate]:
        """A service in every region, as the provider's file lists them; in none only where it lists none. One that its
        types put in one place alone is nowhere else."""
        last = ends(provider.id, self._catalog, self._attested, self._day)
        special = self._told_apart(provider)
        anywhere = _anywhere(provider, service)
        first: dict[Hashable, Placement] = {}
        listed = [
            region for region in provider.regions.values() if region.code != GLOBAL_REGION
        ]
        fixed = self._catalog.fixed_place(provider.id, service)
        for region in [fixed] if fixed is not None else listed or provider.regions.values():
            on = partial(self._on, replace(anywhere, region=Known(region)))
            state = (
                None if region.areas else region.country
            )  # outside every area, a set may accept one state alone
            like = (
                region.code
                if region.code in special
                else (region.areas, state, region.country is None)
            )
            if like not in first:
                first[like] = on(self._day)
            yield Candidate(in_region(first[like], region), on, last, like)

    def _told_apart(self, provider: Provider) -> frozenset[str]:
        """The regions of which more is said than the areas that they lie in."""
        offers = [
            offer
            for scheme in self._catalog.judged.values()
            for offer in scheme.offers.get(provider.id, ())
        ]
        named = {code for offer in offers for code in offer.regions or ()}
        attested = {each.region for each in self._attested if each.region is not None}
        return frozenset({GLOBAL_REGION, *named, *attested, *provider.run_apart})

    def _on(self, at: ServicePlace, day: date) -> Placement:
        """A place with all that is attested of it; where the region isn't known, with qualifications alone, since what
        is said there must hold in every region."""
        placement = placement_at(at, _NO_ROLE, self._catalog, self._attested, day)
        if isinstance(at.region, Unknown):
            return placement
        return vouched(placement, at, self._attested, self._catalog, day)


def _anywhere(provider: Provider, service: str | None) -> ServicePlace:
    """A service in a region that isn't known."""
    named: Fact[str] = Known(service) if service else no_evidence("service")
    return ServicePlace(Known(provider.id), named, no_evidence("region"))
