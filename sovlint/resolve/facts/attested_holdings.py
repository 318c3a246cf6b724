"""What attestations fill of what is held, and which of them are about a resource or a company."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Holding
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.resolve.facts.attested_services import ServiceAsked
from sovlint.resolve.facts.held_by_offers import shown_place
from sovlint.resolve.facts.offers import depends_on_region
from sovlint.resolve.values import value_of


def about(attested: Sequence[Attestation], resource: Resource) -> Sequence[Attestation]:
    """The attestations whose globs match a resource."""
    path = resource.where.span().path if attested else ""
    return [each for each in attested if each.about(resource.address, path)]


def of_company(attested: Sequence[Attestation], called: str) -> Sequence[Attestation]:
    """Attestations without those about another company that the catalogue doesn't have; ``called`` is the name of the
    one at hand, empty where the catalogue has it or nobody names it."""
    return [each for each in attested if each.of_vendor(called)]


def filled_by(
    holding: Holding, asked: ServiceAsked, attested: Sequence[Attestation], catalog: Catalog
) -> Holding:
    """An attestation fills an unknown; it never overrides what is known, and that is said. Of several, that which lasts
    longest stands for all. Those at fault come last, and fill nothing.

    Where offers of the provider depend on the region, it says nothing of a region that isn't known.
    """
    speaking = [each for each in attested if each.at(asked.provider, asked.region_code)]
    if not speaking or value_of(holding.held):
        return holding
    first = speaking[0]
    if first.fault is not None:  # those come last: none of them counts
        return holding if isinstance(holding.held, Known) else _void(holding, first)
    if isinstance(holding.held, Known):
        return overruled_by(holding, speaking)
    tied = next((offer for offer in asked.offers if depends_on_region(offer)), None)
    if tied is not None and asked.region_code is None:
        params = {"owner": first.owner, "offer": tied.offer}
        return replace(holding, note=Note("resolve.attestation-needs-region", params))
    covering = [each for each in speaking if asked.is_covered_by(each, catalog)]
    if not covering:
        return replace(holding, note=asked.left_out_by(first), waits_for=None)
    first, *others = covering
    if first.fault is not None:
        return _void(holding, first)
    also = tuple(Step(each.where, _says_so(each)) for each in others if each.fault is None)
    note = _says_so(first)
    held = Known(True, Step(first.where, note, also))
    return replace(
        holding,
        held=held,
        note=note,
        until=first.expires,
        attested=first.owner,
        waits_for=None,
        evidence=shown_place(asked.scheme, asked.region, asked.day),
    )


def _void(holding: Holding, attestation: Attestation) -> Holding:
    """What stays open, since the attestation of it is at fault."""
    void = {
        "why": holding.note or "",
        "owner": attestation.owner,
        "fault": attestation.fault,
    }
    return replace(holding, note=Note("resolve.attestation-void", void), waits_for=None)


def _says_so(attestation: Attestation) -> Note:
    return Note(
        "resolve.attested", {"owner": attestation.owner, "evidence": attestation.evidence}
    )


def overruled_by(holding: Holding, attested: Sequence[Attestation]) -> Holding:
    """What isn't held stays so, and says of which attestations that makes nothing."""
    params: dict[str, object] = {"why": holding.note or "", "owner": attested[0].owner}
    overruled = tuple(each.where for each in attested if each.fault is None)
    return replace(
        holding, note=Note("resolve.attestation-overruled", params), overruled=overruled
    )
