"""The answers to a buyer's questions on one company in one country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import CONTROL_SHOWN, KEEPING, Holding, Shows
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, Content, Question, attested, fact
from sovlint.registers.drafting.arrangements import PASSED_ON
from sovlint.registers.drafting.companies import (
    AtCompany,
    asked,
    classes_cell,
    company_cell,
    holding_of,
    is_inside,
    services_cell,
)
from sovlint.registers.drafting.gathered import (
    declared,
    gathered,
    is_shown,
    known_values,
    told,
)
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.ownership import ultimate_parent
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.report.pieces.landings import corner

_COPIES: Final = KEEPING - {"at-rest"}


def answers(at: AtCompany, material: Material) -> RegisterRow:
    """The record of a company in a country."""
    name = f"{at.company.key}.{at.part[0] or 'unknown'}"
    country = _country(at, name, material)
    cells = {
        "company": company_cell(at, material),
        "country": country,
        "services": services_cell(at),
        "classes": classes_cell(at, material),
        "within": _within(at, country),
        "states": _states(at, material),
        "parent": _parent(at, material),
        "secnumcloud": _held(at, "secnumcloud", material),
        "hds": _held(at, "hds", material),
        "processors": _processors(at, material),
        "technology": _technology(at, material),
        "kept": _copies(at, material),
        "support": asked(at, "hds-remote", material),
        "keys": asked(at, "keys", material),
        "reversibility": asked(at, "reversibility", material),
        "broken": _rules(at, Verdict.VIOLATION, material),
        "open": _rules(at, Verdict.UNPROVEN, material),
        "rests": _rests(at),
    }
    return material.row(form("tender").sheet("answers"), name, cells)


def _country(at: AtCompany, name: str, material: Material) -> Cell:
    text = Note("registers.ask-country", {"company": at.named})
    question = Question(f"places.{name}.country", text)
    return gathered(
        at.landed, lambda each: each.country, question, material.answers, (Shows.PLACE,)
    )


def _within(at: AtCompany, country: Cell) -> Cell:
    """Whether all of it is in the EEA, which may be known where the country isn't; else asked with the country."""
    inside = is_inside(at)
    if inside is None:
        return country
    facts = [each.area for each in at.placements]
    return told((inside,), at.placements, facts, (Shows.PLACE,))


def _states(at: AtCompany, material: Material) -> Cell:
    """Every state that is known to be able to compel the company, or where it stands; that there may be others is told."""
    corners = [corner(each, material.report) for each in at.placements]
    codes = sorted({code for each in corners for code in each.compelled_by})
    if not codes:
        return asked(at, "all-states", material)
    others = any(each.others for each in corners)
    more: tuple[Content, ...] = (Note("registers.others"),) if others else ()
    facts = [each.control for each in at.placements]
    return told((*codes, *more), at.placements, facts, CONTROL_SHOWN)


def _parent(at: AtCompany, material: Material) -> Cell:
    profile = material.profiles.get(at.company.id)
    parent = ultimate_parent(profile.company) if profile is not None else None
    if parent is None:
        return asked(at, "parent", material)
    return fact(parent.name, sources=tuple(dict.fromkeys(parent.sources)))


def _held(at: AtCompany, name: str, material: Material) -> Cell:
    """Whether all of it holds a qualification: not proven where that isn't known of any part."""
    holdings = [holding_of(each, name) for each in at.placements]
    known = [each for each in holdings if each is not None and isinstance(each.held, Known)]
    if len(known) < len(holdings):
        notes = [each.note for each in holdings if each is not None and each not in known]
        return asked(at, f"{name}-until", material, notes[0] if notes else None)
    said = tuple(dict.fromkeys(map(_standing, known)))
    cell = declared(
        at.landed, *said, sources=[source for each in known for source in each.sources]
    )
    by = next((each.attested for each in known if each.attested), None)
    if by is None:
        return cell
    chains = (each.held.because for each in known if isinstance(each.held, Known))
    because = tuple(dict.fromkeys(each for each in chains if each is not None))
    return attested(*said, by=by, because=because or cell.because, sources=cell.sources)


def _standing(holding: Holding) -> Note:
    if not isinstance(holding.held, Known) or not holding.held.value:
        return Note("registers.tender-not-held")
    params = {"offer": holding.offer or ""}
    if holding.until is None:
        return Note("registers.tender-held", params)
    return Note("registers.tender-held-until", {**params, "day": holding.until})


def _processors(at: AtCompany, material: Material) -> Cell:
    """Those that the inventory names. That a provider runs on a cloud is told, and isn't all of them."""
    entries = {one.placed.resource.address for one in at.landed}
    passed = [
        one
        for one in material.landed
        if one.placed.resource.type == PASSED_ON
        and one.placed.resource.address.rpartition("/")[0] in entries
    ]
    if passed:
        named = (
            Note(
                "registers.tender-processor",
                {
                    "company": one.placement.provider_name or one.placed.resource.address,
                    "country": known_values([one.placement.country])
                    or Note("registers.unknown"),
                },
            )
            for one in passed
        )
        return declared(passed, *named)
    profile = material.profiles.get(at.company.id)
    clouds = (profile.runs_on or ()) if profile is not None else ()
    note = Note("registers.tender-runs-on", {"companies": clouds}) if clouds else None
    return asked(at, "processors", material, note)


def _technology(at: AtCompany, material: Material) -> Cell:
    facts = [each.technology for each in at.placements]
    if not all(map(is_shown, facts)):
        return asked(at, "technology", material)
    states = known_values(facts)
    contents: tuple[Content, ...] = states or (Note("registers.tender-own-technology"),)
    return told(contents, at.placements, facts, (Shows.TECHNOLOGY,))


def _copies(at: AtCompany, material: Material) -> Cell:
    """The roles of what the code keeps there beside the data itself. That none is declared says nothing."""
    found = [
        one
        for one in at.landed
        if isinstance(one.placement.role, Known) and one.placement.role.value in _COPIES
    ]
    if not found:
        return asked(at, "copies", material)
    roles = sorted(set(known_values([one.placement.role for one in found])))
    return declared(found, *(Note(f"report.role-{role}") for role in roles))


def _rules(at: AtCompany, verdict: Verdict, material: Material) -> Cell:
    """The rules of which that is found, whatever excuses it."""
    titles = tuple(dict.fromkeys(_titles(at, verdict, material)))
    sources = (
        source
        for one in at.landed
        for each in one.findings
        if each.verdict is verdict
        for source in each.sources
    )
    nothing = Note("registers.tender-none-found")
    return declared(at.landed, *(titles or (nothing,)), sources=[*sources])


def _titles(at: AtCompany, verdict: Verdict, material: Material) -> Iterator[Content]:
    for one in at.landed:
        for each in one.findings:
            text = material.report.policies.get(each.policy)
            if each.verdict is verdict:
                yield text.title if text is not None else each.policy


def _rests(at: AtCompany) -> Cell:
    """How many sources were read for it, and how many facts are general knowledge."""
    shown = {each for placement in at.placements for each in placement.evidence}
    background = sum(1 for each in shown if each.background)
    params = {"read": len(shown) - background, "background": background}
    sources = sorted(
        {each.source for each in shown}, key=lambda each: (each.url, each.supports)
    )
    return declared(at.landed, Note("registers.tender-rests", params), sources=sources)
