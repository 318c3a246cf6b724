"""A letter to each supplier of whom something isn't proven, and where the answers go."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.decoding import late_pattern
from sovlint.model.placement import Source
from sovlint.model.text import BLANK, Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, Content, fact
from sovlint.registers.drafting.companies import (
    AtCompany,
    at_companies,
    company_cell,
    country_of,
    holding_of,
    product_of,
)
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.letters.unproven import (
    ID,
    Demand,
    Unproven,
    is_written_about,
    policies_of,
    unproven,
)
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces import contract
from sovlint.report.pieces.landings import Landed

_GLOB: Final = late_pattern(r"[\\*?\[\]]")
_ACCESS_QUESTIONS: Final = ("hds-remote", "keys", "reversibility")
"""The questions of the sovereignty statement that its answer fills."""
_INVENTORY_KEYS: Final = {Demand.AGREEMENT: "dpa", Demand.PROCESSORS: "sub_processors"}
"""What is recorded in the inventory's entry rather than attested."""


def draft(material: Material) -> Register:
    """The letters, and where the answers go. What is at companies that nobody knows is a problem: nobody can be written
    to."""
    found = [one for one in material.landed if is_written_about(one)]
    companies = at_companies(found, material)
    demands = [(at, unproven(at, material)) for at in companies if at.company.called]
    asked = [(at, wanted) for at, wanted in demands if wanted]
    rows = {
        "letters": [_letter(at, wanted, material) for at, wanted in asked],
        "answers": [_answer(at, each, material) for at, wanted in asked for each in wanted],
    }
    nobody = tuple(
        address for at in companies if not at.company.called for address in at.addresses
    )
    problems = [Note("registers.letter-nobody", {"addresses": nobody})] if nobody else []
    return material.register(ID, rows, *problems)


def _letter(at: AtCompany, wanted: Sequence[Unproven], material: Material) -> RegisterRow:
    answers = material.answers
    cells = {
        "sender": answers.ask("organisation.name", Note("registers.ask-own-name")),
        "company": company_cell(at, material),
        "used": _used(at, material),
        "asked": declared(at.landed, *(_request(each, at) for each in wanted)),
        "needed": _needed(wanted, material),
        "reply": answers.ask("organisation.contact", Note("registers.ask-contact")),
    }
    return material.row(form(ID).sheet("letters"), at.company.key, cells)


def _answer(at: AtCompany, wanted: Unproven, material: Material) -> RegisterRow:
    found = wanted.landed
    addresses = dict.fromkeys(one.placed.resource.address for one in found)
    cells = {
        "company": company_cell(at, material),
        "asked": declared(found, Note(f"registers.letter-what-{wanted.demand.value}")),
        "resources": declared(found, *addresses),
        "record": declared(found, *_records(at, wanted)),
    }
    name = f"{at.company.key}.{wanted.demand.value}"
    return material.row(form(ID).sheet("answers"), name, cells)


# --- what is used


def _used(at: AtCompany, material: Material) -> Cell:
    """What is used of a company, in words that it understands: kinds of services, countries and data."""
    uses: dict[tuple[str, str], list[Landed]] = {}
    services: dict[str, object] = {}
    for one in at.landed:
        service = _service(one, material)
        services[repr(service)] = service
        uses.setdefault((repr(service), country_of(one)), []).append(one)
    sentences = [
        _use(services[service], country, found, material)
        for (service, country), found in uses.items()
    ]
    return declared(at.landed, *sentences)


def _use(service: object, country: str, found: Sequence[Landed], material: Material) -> Note:
    place = (
        material.world.states[country].name if country else Note("registers.letter-no-place")
    )
    claims = [claim for one in found for claim in one.placed.classes.claims]
    classes = tuple(material.world.classes.get(id, id) for id in contract.strongest(claims))
    params = {"service": service, "place": place, "classes": classes}
    return Note("registers.letter-use", params)


def _service(one: Landed, material: Material) -> object:
    """What a service is called: the product that the inventory names, its kind, else its name in the catalogue."""
    product = product_of(one)
    if product:
        return product
    provider, service = one.placement.provider, one.placement.service
    offering = material.world.offering
    if not isinstance(provider, Known) or not isinstance(service, Known):
        return Note("registers.letter-service")
    kinds = offering.kinds(provider.value, service.value) if offering is not None else ()
    names = [
        material.world.kinds[kind] for kind in kinds or () if kind in material.world.kinds
    ]
    return names[0] if names else service.value


# --- what is asked


def _request(wanted: Unproven, at: AtCompany) -> Note:
    """The sentence of a letter that asks for something."""
    key = wanted.demand.value
    holding = holding_of(wanted.landed[0].placement, key)
    if holding is not None and holding.offer:
        return Note(f"registers.letter-{key}-offer", {"offer": holding.offer})
    return Note(f"registers.letter-{key}")


def _needed(wanted: Sequence[Unproven], material: Material) -> Cell:
    """The policies that wait for it, by their titles, and the law on processors."""
    texts = [
        material.report.policies[id]
        for id in policies_of(list(wanted))
        if id in material.report.policies
    ]
    sources: dict[Source, None] = {}
    for text in texts:
        sources |= dict.fromkeys(text.cites)
    contents: list[Content] = [text.title for text in texts]
    if any(each.demand in _INVENTORY_KEYS for each in wanted):
        contents.append(Note("registers.letter-gdpr28"))
        sources[form(ID).sources["gdpr28"].cited()] = None
    if not contents:
        contents.append(Note("registers.letter-own-proof"))
    steps = declared([one for each in wanted for one in each.landed])
    return fact(*contents, because=steps.because, sources=tuple(sources))


# --- where the answers go


def _records(at: AtCompany, wanted: Unproven) -> Iterator[Content]:
    """The command, or the key of the inventory, by which an answer is recorded."""
    key = _INVENTORY_KEYS.get(wanted.demand)
    if key is not None:
        yield Note("registers.letter-inventory", {"key": key})
        return
    if wanted.demand is Demand.ACCESS:
        ids = tuple(f"company.{at.company.key}.{each}" for each in _ACCESS_QUESTIONS)
        yield Note("registers.letter-answers", {"ids": ids})
        return
    if wanted.demand is Demand.SECNUMCLOUD and not at.company.id:
        # Its list is complete: a company that nobody knows is described first.
        yield "sovlint provider new"
        return
    claim = {
        Demand.OWNERS: f"--control '{BLANK}'",
        Demand.PLACE: f"--country '{BLANK}'",
    }.get(wanted.demand, f"--qualification {wanted.demand.value}")
    of = shlex.quote(at.company.id or at.company.called)
    for about in _about(wanted):
        yield f"sovlint attest {claim} --provider {of}{about} --evidence '{BLANK}' --owner '{BLANK}'"


def _about(wanted: Unproven) -> list[str]:
    """What of the company is meant: its regions for a certificate, resources for a place, all of it for its owners."""
    if wanted.demand is Demand.OWNERS:
        return [""]
    if wanted.demand is Demand.PLACE:
        addresses = dict.fromkeys(one.placed.resource.address for one in wanted.landed)
        return [
            "".join(f" --address {shlex.quote(_GLOB.sub('?', each))}" for each in addresses)
        ]
    regions = {
        one.placement.region.value
        for one in wanted.landed
        if isinstance(one.placement.region, Known)
    }
    return [f" --region {shlex.quote(each)}" for each in sorted(regions)] or [""]
