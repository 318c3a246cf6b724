"""Placements by the company that they are at, and what registers by company ask of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.placement import NOBODY_KNOWS, Holding, Placement, Shows
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, Question, fact, refused
from sovlint.registers.drafting.arrangements import (
    UsedCompany,
    company_question,
    used_company,
)
from sovlint.registers.drafting.gathered import declared, gathered, told
from sovlint.registers.drafting.material import Material
from sovlint.report.pieces import contract
from sovlint.report.pieces.landings import Landed, corner

EEA = "EEA"


class AtCompany(Struct, frozen=True):
    """Placements at one company that are told together. ``part`` is what tells them from others there."""

    company: UsedCompany
    landed: tuple[Landed, ...]
    part: tuple[Hashable, ...] = ()

    @property
    def placements(self) -> list[Placement]:
        """The placements alone."""
        return [one.placement for one in self.landed]

    @property
    def addresses(self) -> tuple[str, ...]:
        """What the resources are called in the code."""
        return tuple(dict.fromkeys(one.placed.resource.address for one in self.landed))

    @property
    def named(self) -> str | Note:
        """What the company is called in a question; where nobody knows, by what is there."""
        return self.company.named


def at_companies(
    found: Iterable[Landed],
    material: Material,
    part: Callable[[Landed], tuple[Hashable, ...]] = lambda one: (),
) -> list[AtCompany]:
    """Placements by company as people call it, and by a ``part`` of each, in their order: what one company sells under
    several names is certified and contracted by name. Those at companies that nobody knows are told apart by their
    resources."""
    companies: dict[str, UsedCompany] = {}
    groups: dict[tuple[str, tuple[Hashable, ...]], list[Landed]] = {}
    for one in found:
        company = used_company(one.placement, material, one.placed.resource.address)
        key = company.id or company.key
        companies.setdefault(key, replace(company, key=key))
        groups.setdefault((key, part(one)), []).append(one)
    return [
        AtCompany(companies[key], tuple(listed), told_apart)
        for (key, told_apart), listed in groups.items()
    ]


def carries(one: Landed, data_class: str, material: Material) -> bool:
    """Whether a resource carries a class, or one that counts as it."""
    counting = {data_class, *material.world.covers.get(data_class, ())}
    return any(claim.data_class in counting for claim in one.placed.classes.claims)


def country_of(one: Landed) -> str:
    """The country of a placement; empty where it isn't known."""
    country = one.placement.country
    return country.value if isinstance(country, Known) and not country.sensitive else ""


def is_inside(at: AtCompany) -> bool | None:
    """Whether all of it is in the European Economic Area; ``None`` where that isn't known."""
    areas = [each.area for each in at.placements]
    if any(isinstance(each, Known) and EEA not in each.value for each in areas):
        return False
    return True if all(isinstance(each, Known) for each in areas) else None


def holding_of(placement: Placement, name: str) -> Holding | None:
    """What is known of a qualification of a placement."""
    return next((each for each in placement.holdings if each.name == name), None)


def is_within(state: str, material: Material) -> bool:
    """Whether a state lies in the European Economic Area."""
    known = material.world.states.get(state)
    return known is not None and EEA in known.areas


class Compelled(Struct, frozen=True):
    """The states outside of the EEA that can compel whoever runs placements, and whether there may be ``others``."""

    states: tuple[str, ...]
    others: bool


def compelled(at: AtCompany, material: Material) -> Compelled:
    """The states outside of the EEA that can compel a company, or where its services stand."""
    corners = [corner(each, material.report) for each in at.placements]
    states = {state for each in corners for state in each.compelled_by}
    outside = (each for each in states if each != EEA and not is_within(each, material))
    return Compelled(
        tuple(sorted(set(outside) - {NOBODY_KNOWS})), any(each.others for each in corners)
    )


# --- cells


def asked(at: AtCompany, what: str, material: Material, note: Note | None = None) -> Cell:
    """The answer to a question about a company, which is asked once for all of its rows."""
    text = Note(f"registers.ask-{what}", {"company": at.named})
    return material.answers.ask(f"company.{at.company.key}.{what}", text, note)


def company_cell(at: AtCompany, material: Material) -> Cell:
    """Who runs it, or the question."""
    if at.company.called:
        facts = [each.provider for each in at.placements]
        return told((at.company.called,), at.placements, facts, (Shows.HOST, Shows.MODULE))
    return company_question(at.company, material)


def country_cell(at: AtCompany, id: str, material: Material) -> Cell:
    """In which country it is, or the question of an ``id``. An answer that the code contradicts fills nothing."""
    question = Question(id, Note("registers.ask-country", {"company": at.named}))
    cell = gathered(
        at.landed, lambda each: each.country, question, material.answers, (Shows.PLACE,)
    )
    inside = is_inside(at)
    if cell.question is None or cell.is_blank or inside is None:
        return cell
    if inside == all(is_within(str(each), material) for each in cell.contents):
        return cell
    where = Note(f"registers.is-{'inside' if inside else 'outside'}")
    params = {"answer": tuple(map(str, cell.contents)), "known": where}
    return refused(question, Note("registers.answer-contradicts", params))


def within_cell(at: AtCompany, where: Cell, material: Material) -> Cell:
    """Whether all of it is in the EEA, which may be known where the country isn't; else it follows from the answer on the
    country, and is asked with that."""
    inside = is_inside(at)
    if inside is not None:
        facts = [each.area for each in at.placements]
        return told((inside,), at.placements, facts, (Shows.PLACE,))
    if where.is_blank:
        return where
    answered = all(is_within(str(each), material) for each in where.contents)
    return replace(where, contents=(answered,))


def classes_cell(at: AtCompany, material: Material) -> Cell:
    """The data classes that lie there."""
    claims = [claim for one in at.landed for claim in one.placed.classes.claims]
    chains = dict.fromkeys(claim.because for claim in claims if claim.because is not None)
    names = [material.world.classes.get(id, id) for id in contract.strongest(claims)]
    return fact(*names, because=tuple(chains))


def services_cell(at: AtCompany) -> Cell:
    """The services that are used of it, as the catalogue calls them, or the products that an inventory names; the resources
    where neither is known."""
    names = {service_of(one) for one in at.landed}
    return declared(at.landed, *sorted(names))


def service_of(one: Landed) -> str:
    """What is used at a placement: the service, the product that an inventory names, else the resource."""
    service = one.placement.service
    if isinstance(service, Known) and not service.sensitive:
        return service.value
    return product_of(one) or one.placed.resource.address


def product_of(one: Landed) -> str:
    """The product that an entry of an inventory names; empty where none does."""
    for each in one.placed.resource.attributes.read("product"):
        if isinstance(each.value, Known) and not each.value.sensitive:
            return str(each.value.value)
    return ""
