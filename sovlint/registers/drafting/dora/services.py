"""What is used under an arrangement: type of service, countries, storage and sensitiveness (sheet B_02.02)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sovlint.model.placement import KEEPING, Placement, Shows
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, Content, Question, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    called,
    end,
    identifier,
    named,
    reference,
    start,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.entity import lei
from sovlint.registers.drafting.gathered import declared, gathered, told
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.report.pieces.landings import Landed

SHEET: Final = "B_02.02"
_UNKNOWN: Final = "unknown"
_LEVELS: Final = ("low", "medium", "high")


def specific_rows(of: Arrangement, material: Material) -> Iterator[RegisterRow]:
    """A row for each type of service and country of an arrangement (article 4(2): one value in each cell)."""
    sheet = form("dora").sheet(SHEET)
    code = identifier(of.company, material)
    for type_code, country, found in _groups(of, material):
        name = ".".join((of.name, type_code or _UNKNOWN, country or _UNKNOWN))
        where = _country(found, country, name, of, material)
        stored = _stored(found)
        cells = {
            "provider": called(of, material),
            "c0010": reference(of, material),
            "c0020": lei(material),
            "c0030": code,
            "c0040": code_type(code),
            "c0060": service_type(of, type_code, material),
            "c0070": start(of, material),
            "c0080": end(of, material),
            "c0130": where,
            "c0140": _storage(stored, name, of, material),
            "c0150": where if stored else _asked("at-rest", name, of, material, where),
            "c0160": _managed(found, where, name, of, material),
            "c0170": _sensitiveness(found, stored, name, of, material),
        }
        yield material.row(sheet, name, cells, of.name)


def types_of(of: Arrangement, material: Material) -> list[str]:
    """The types of services under an arrangement; an empty one where it isn't known."""
    return list(dict.fromkeys(_type_code(one.placement, material) for one in of.landed))


def service_type(of: Arrangement, type_code: str, material: Material) -> Cell:
    """The type of a service as a cell."""
    name = f"arrangement.{of.name}.service-type"
    text = Note("registers.ask-service-type", {"company": named(of)})
    if not type_code:
        return material.answers.ask(name, text)
    found = [
        one.placement for one in of.landed if _type_code(one.placement, material) == type_code
    ]
    facts = [each.service for each in found]
    cell = told((type_code,), found, facts, (Shows.HOST, Shows.MODULE))
    source = form("dora").sources["its"].cited()
    return fact(type_code, because=cell.because, sources=(*cell.sources, source))


def _groups(of: Arrangement, material: Material) -> list[tuple[str, str, tuple[Landed, ...]]]:
    """Placements of one type of service in one country; what isn't known of one is empty."""
    found: dict[tuple[str, str], list[Landed]] = {}
    for one in of.landed:
        country = one.placement.country
        code = country.value if isinstance(country, Known) and not country.sensitive else ""
        found.setdefault((_type_code(one.placement, material), code), []).append(one)
    return [(*key, tuple(found[key])) for key in sorted(found)]


def _type_code(placement: Placement, material: Material) -> str:
    """The type of a placement's service by annex III, where the catalogue knows its kind; empty where it doesn't."""
    offering, provider, service = (
        material.world.offering,
        placement.provider,
        placement.service,
    )
    if offering is None or not isinstance(provider, Known):
        return ""
    known = service.value if isinstance(service, Known) else None
    kinds = offering.kinds(provider.value, known) or ()
    mapping = form("dora").mappings["service-types"]
    types = {mapping.get(kind, "") for kind in kinds}
    return next(iter(types)) if len(types) == 1 else ""


def _country(
    found: Sequence[Landed], country: str, name: str, of: Arrangement, material: Material
) -> Cell:
    text = Note("registers.ask-country", {"company": named(of)})
    question = Question(f"{SHEET}.{name}.country", text, subject=_part(name, of, material))
    if not country:
        return material.answers.cell(question)
    return gathered(
        found, lambda each: each.country, question, material.answers, (Shows.PLACE,)
    )


def _stored(found: Iterable[Landed]) -> tuple[Landed, ...]:
    """Those of the placements that keep data."""
    return tuple(one for one in found if _role(one) in KEEPING)


def _role(one: Landed) -> str:
    role = one.placement.role
    return role.value if isinstance(role, Known) else ""


def _storage(
    stored: Sequence[Landed], name: str, of: Arrangement, material: Material
) -> Cell:
    if not stored:
        return _asked("storage", name, of, material)
    return declared(stored, True)


def _managed(
    found: Sequence[Landed], where: Cell, name: str, of: Arrangement, material: Material
) -> Cell:
    """Where data is processed: where something runs that isn't storage alone."""
    if any(_role(one) not in KEEPING for one in found):
        return where
    return _asked("management", name, of, material, where)


def _sensitiveness(
    found: Sequence[Landed],
    stored: Sequence[Landed],
    name: str,
    of: Arrangement,
    material: Material,
) -> Cell:
    """The highest level that the classes of what is stored have, where each class has one."""
    mapping = form("dora").mappings["sensitiveness"]
    claims = [claim for one in stored or found for claim in one.placed.classes.claims]
    levels = {mapping.get(claim.data_class, "") for claim in claims}
    if not levels or "" in levels:
        return _asked("sensitiveness", name, of, material)
    highest = max(levels, key=_LEVELS.index)
    chains = dict.fromkeys(
        claim.because
        for claim in claims
        if claim.because is not None and mapping[claim.data_class] == highest
    )
    source = form("dora").sources["gdpr9"].cited()
    return fact(highest, because=tuple(chains), sources=(source,))


def _asked(
    what: str, name: str, of: Arrangement, material: Material, known: Cell | None = None
) -> Cell:
    """A question about one row; ``known`` is what is known of it all the same."""
    text = Note(f"registers.ask-{what}", {"company": named(of)})
    note = None
    if known is not None and known.contents:
        note = Note("registers.runs-in", {"country": tuple(map(str, known.contents))})
    question = Question(f"{SHEET}.{name}.{what}", text, subject=_part(name, of, material))
    return material.answers.cell(question, note)


def _part(name: str, of: Arrangement, material: Material) -> tuple[Content, ...]:
    """The type of service and the country that a row of an arrangement is of, as far as they are known."""
    type_code, country = name.removeprefix(f"{of.name}.").split(".")
    state = material.world.states.get(country)
    parts = (type_code, state.name if state is not None else country)
    return tuple(each for each in parts if each != _UNKNOWN)
