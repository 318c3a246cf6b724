"""The answers to a buyer's questions on one company in one country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Final

from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import CONTROL_SHOWN, KEEPING, Holding, Shows, Source
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, Content, attested, fact, refused
from sovlint.registers.checks import is_day
from sovlint.registers.drafting.arrangements import MOST, PASSED_ON
from sovlint.registers.drafting.companies import (
    AtCompany,
    asked,
    classes_cell,
    company_cell,
    country_cell,
    holding_of,
    service_of,
    services_cell,
    within_cell,
)
from sovlint.registers.drafting.gathered import (
    declared,
    is_shown,
    known_values,
    told,
)
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.ownership import ultimate_parent
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.registers.words import content_text
from sovlint.report.pieces.landings import Landed, corner

_COPIES: Final = KEEPING - {"at-rest"}


def answers(at: AtCompany, material: Material) -> RegisterRow:
    """The record of a company in a country."""
    name = f"{at.company.key}.{at.part[0] or 'unknown'}"
    country = country_cell(at, f"places.{name}.country", material)
    cells = {
        "company": company_cell(at, material),
        "country": country,
        "services": services_cell(at),
        "classes": classes_cell(at, material),
        "within": within_cell(at, country, material),
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
    }
    cells["rests"] = _rests(at, cells.values())
    return material.row(form("tender").sheet("answers"), name, cells)


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
    """Whether all of it holds a qualification: not proven where that isn't known of any part. What is known of the others
    is told all the same, by service."""
    by_standing: dict[Note, list[Landed]] = {}
    for one in at.landed:
        by_standing.setdefault(_standing(holding_of(one.placement, name)), []).append(one)
    said = tuple(
        Note("registers.tender-of", {"services": _services(found), "said": standing})
        for standing, found in by_standing.items()
    )
    if len(said) == 1:
        said = (_said(holding_of(at.placements[0], name)),)
    holdings = [holding_of(each, name) for each in at.placements]
    known = [each for each in holdings if each is not None and isinstance(each.held, Known)]
    if len(known) < len(holdings):
        return _covered(asked(at, f"{name}-covers", material, _noted(said, known, holdings)))
    cell = declared(
        at.landed, *said, sources=[source for each in known for source in each.sources]
    )
    by = next((each.attested for each in known if each.attested), None)
    if by is None:
        return cell
    chains = (each.held.because for each in known if isinstance(each.held, Known))
    because = tuple(dict.fromkeys(each for each in chains if each is not None))
    return attested(*said, by=by, because=because or cell.because, sources=cell.sources)


def _noted(
    said: tuple[Note, ...], known: Sequence[Holding], holdings: Sequence[Holding | None]
) -> Note | None:
    """What is known all the same of a qualification that isn't proven of all."""
    if known:
        told = reduce(
            lambda one, next: Note("registers.and-then", {"first": one, "then": next}), said
        )
        return Note("registers.tender-partly", {"said": told})
    return next((each.note for each in holdings if each is not None), None)


def _covered(answer: Cell) -> Cell:
    """An answer on what a certificate covers: a day alone, or a plain yes, names neither certificate nor contract."""
    plain = all(isinstance(each, bool) or is_day(str(each)) for each in answer.contents)
    if answer.is_blank or answer.question is None or not plain:
        return answer
    params = {"answer": tuple(content_text(each, "en") for each in answer.contents)}
    return refused(answer.question, Note("registers.tender-bare-answer", params))


def _services(found: Sequence[Landed]) -> tuple[str, ...]:
    """The services of placements, with their regions where these are known."""
    names: set[str] = set()
    for one in found:
        region = next(iter(known_values([one.placement.region])), "")
        service = service_of(one)
        names.add(f"{service} ({region})" if region else service)
    return tuple(sorted(names))


def _standing(holding: Holding | None) -> Note:
    """What a holding says, and who vouches for it."""
    said = _said(holding)
    if holding is None or not holding.attested:
        return said
    return Note("registers.tender-attested", {"said": said, "owner": holding.attested})


def _said(holding: Holding | None) -> Note:
    if holding is None or not isinstance(holding.held, Known):
        note = holding.note if holding is not None else None
        if note is None:
            return Note("registers.tender-open")
        return Note("registers.tender-open-since", {"note": note})
    if not holding.held.value:
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
    """The roles of what the code keeps there beside the data itself, and the resources. That none is declared says
    nothing."""
    by_role: dict[str, list[Landed]] = {}
    for one in at.landed:
        for role in known_values([one.placement.role]):
            if role in _COPIES:
                by_role.setdefault(role, []).append(one)
    if not by_role:
        return asked(at, "copies", material)
    contents = (
        _named(Note(f"report.role-{role}"), by_role[role]) for role in sorted(by_role)
    )
    return declared([one for each in by_role.values() for one in each], *contents)


def _named(said: Content, found: Iterable[Landed]) -> Note:
    """Something that is so of resources, which are named."""
    addresses = tuple(dict.fromkeys(one.placed.resource.address for one in found))
    shown = addresses[:MOST]
    params = {"said": said, "resources": shown, "more": len(addresses) - len(shown)}
    more = "-more" if len(addresses) > MOST else ""
    return Note(f"registers.tender-named{more}", params)


def _rules(at: AtCompany, verdict: Verdict, material: Material) -> Cell:
    """The rules of which that is found, whatever excuses it, and of which resources."""
    by_policy: dict[str, list[Landed]] = {}
    sources: dict[Source, None] = {}
    for one in at.landed:
        for each in one.findings:
            if each.verdict is verdict:
                by_policy.setdefault(each.policy, []).append(one)
                sources |= dict.fromkeys(each.sources)
    if not by_policy:
        return declared(at.landed, Note("registers.tender-none-found"))
    texts = material.report.policies
    contents = (
        _named(texts[id].title if id in texts else id, found)
        for id, found in by_policy.items()
    )
    return declared(at.landed, *contents, sources=tuple(sources))


def _rests(at: AtCompany, cells: Iterable[Cell]) -> Cell:
    """How many sources the answers cite, and how many of these are general knowledge."""
    cited = tuple(dict.fromkeys(source for cell in cells for source in cell.sources))
    background = sum(1 for each in cited if each.background)
    params = {"read": len(cited) - background, "background": background}
    return declared(at.landed, Note("registers.tender-rests", params), sources=cited)
