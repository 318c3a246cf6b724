"""The assessment of transfers to third states, in six steps: know the transfer, its tool, law and practice, supplementary
measures, putting them in place, evaluating again."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sovlint.model.placement import CONTROL_SHOWN, Shows
from sovlint.model.text import Note
from sovlint.model.value import Because, Step
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Question, fact
from sovlint.registers.drafting.arrangements import Arrangement
from sovlint.registers.drafting.gathered import known_values, told
from sovlint.registers.drafting.gdpr.article_28 import entry_cell
from sovlint.registers.drafting.gdpr.companies import (
    company_cell,
    company_name,
    with_passed_on,
)
from sovlint.registers.drafting.gdpr.laws import (
    DEPENDS,
    NOT_NEEDED,
    adequacy_cell,
    lapses_cell,
    laws_cell,
    need,
)
from sovlint.registers.drafting.gdpr.personal import (
    RecordedProcessing,
    data_cell,
    left_out,
    personal,
    personal_claims,
    processings,
    special_cell,
    used,
)
from sovlint.registers.drafting.gdpr.third_states import (
    countries_cell,
    is_third,
    possible_states,
    state_name,
    states_cell,
    states_known,
    sure_states,
    third_countries,
)
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.supply_chain import links
from sovlint.registers.forms import SheetForm, form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces.landings import Landed

ID: Final = "transfers"
IF_NEEDED: Final = (
    "applies", "practice", "effective", "technical", "contractual", "organisational", "enough", "plan",
)  # fmt: skip
"""What is asked where an assessment is, or may be, due."""
NO_TRANSFER: Final = "none"
"""The answer that data is neither sent to a state nor read from there."""


class ThirdState(Struct, frozen=True):
    """A third state that placements of an arrangement lead to: in which of them data sits, and whose company it can
    compel."""

    code: str
    sits: tuple[Landed, ...]
    compels: tuple[Landed, ...]

    @property
    def because(self) -> tuple[Because, ...]:
        """What led to it."""
        chains = [one.placement.country.because for one in self.sits]
        chains += [one.placement.control.because for one in self.compels]
        steps = [
            step for one in (*self.sits, *self.compels) for step in one.placement.because
        ]
        found = [step for step in chains if step is not None] or steps
        return tuple(dict.fromkeys(step for step in found if step is not None))


def draft(material: Material) -> Register:
    """A record for each company and third state; then those of which nobody knows, and those that have none."""
    found = tuple(with_passed_on(used(material), material))
    rows = {
        "transfers": [
            _transfer(each, state, material)
            for each in found
            for state in third_states(each, material)
        ],
        "not-known": [_not_known(each, material) for each in found if not _is_known(each)],
        "inside": [
            _inside(each, material)
            for each in found
            if _is_known(each) and not third_states(each, material)
        ],
    }
    return material.register(ID, rows, *left_out(material))


def third_states(each: Arrangement, material: Material) -> list[ThirdState]:
    """The third states that placements with personal data lead to for sure, sorted by their codes."""
    found = personal(each.landed)
    codes = {*third_countries(found, material)}
    codes |= {code for one in found for code in sure_states(one.placement)}
    return [
        ThirdState(
            code,
            tuple(one for one in found if code in known_values([one.placement.country])),
            tuple(one for one in found if code in sure_states(one.placement)),
        )
        for code in sorted(codes)
        if is_third(code, material)
    ]


def _is_known(each: Arrangement) -> bool:
    """Whether countries and states of all placements with personal data are known."""
    return all(
        states_known(one.placement) and bool(known_values([one.placement.country]))
        for one in personal(each.landed)
    )


def _transfer(each: Arrangement, state: ThirdState, material: Material) -> RegisterRow:
    of = form(ID).sheet("transfers")
    name = f"{each.name}.{state.code}"
    needed = need(state.code, material)

    def ask(column: str) -> Question:
        return material.question(of, name, column)

    cells = {
        **_common(each, of, name, material),
        "state": fact(state.code, because=state.because),
        "ground": _ground(state),
        "processings": _processings(each, material),
        "special": special_cell(personal_claims(each.landed), ask("special"), material),
        "countries": countries_cell(personal(each.landed), ask("countries"), material),
        "onward": _onward(each, ask("onward"), material),
        "adequacy": adequacy_cell(state.code, state.because, material),
        "required": fact(
            needed, because=state.because, sources=(form(ID).sources["needed"].cited(),)
        ),
        "laws": laws_cell(state.code, ask("laws"), material),
        "lapses": lapses_cell(state.code, state.because, material),
    }
    exposure = cells["exposure"] = material.answers.cell(ask("exposure"))
    if exposure.contents == (NO_TRANSFER,):
        cells |= dict.fromkeys(("tool", *IF_NEEDED), NOT_APPLICABLE)
    elif needed == NOT_NEEDED:
        cells |= dict.fromkeys(IF_NEEDED, NOT_APPLICABLE)
        said = Note("registers.adequate", {"state": state_name(state.code, material)})
        cells["tool"] = fact(said, sources=cells["adequacy"].sources)
    elif needed == DEPENDS:
        cells["tool"] = material.answers.cell(ask("tool"), Note("registers.if-covered"))
    return material.row(of, name, cells)


def _common(
    each: Arrangement, of: SheetForm, name: str, material: Material
) -> dict[str, Cell]:
    """What every sheet has of an arrangement."""
    landed = personal(each.landed)
    company = material.question(of, name, "company")
    data = material.question(of, name, "data")
    return {
        "company": company_cell(each.company, landed, company, material),
        "entry": entry_cell(each),
        "data": data_cell(personal_claims(landed), data, material),
    }


def _ground(state: ThirdState) -> Cell:
    """What leads to the state, with the sources that show it."""
    contents, sources = [], []
    if state.sits:
        contents.append(Note("registers.data-sits"))
    if state.compels:
        contents.append(Note("registers.can-compel"))
    for one in (*state.sits, *state.compels):
        for shown in one.placement.shown_by(Shows.PLACE, *CONTROL_SHOWN):
            if shown.state == state.code or (
                one in state.sits and shown.shows is Shows.PLACE
            ):
                sources.append(shown.source)
    return fact(*contents, because=state.because, sources=tuple(dict.fromkeys(sources)))


def _processings(each: Arrangement, material: Material) -> Cell:
    """What is processed there: the entry, and what is deployed together."""
    found = [processing for processing in processings(material) if _is_of(processing, each)]
    chain = dict.fromkeys(step for processing in found for step in processing.declared)
    return fact(*(processing.name for processing in found), because=tuple(chain))


def _is_of(processing: RecordedProcessing, each: Arrangement) -> bool:
    """Whether an arrangement is of a processing: of the same entry, one that its vendor passes data to, or by placements
    of what is deployed together."""
    if processing.entry is None:
        mine = {one.placement for one in each.landed}
        return any(one.placement in mine for one in processing.landed)
    address = each.entry.address if each.entry is not None else ""
    return address.partition("/")[0] == processing.entry.address


def _onward(each: Arrangement, question: Question, material: Material) -> Cell:
    """The companies that are known to stand behind: there may be others, so that this fills nothing."""
    names = tuple(company_name(link.company, material) for link in links(each, material))
    note = Note("registers.partly", {"known": names}) if names else None
    return material.answers.cell(question, note)


def _not_known(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("not-known")
    found = personal(each.landed)
    countries = material.question(of, each.name, "countries")
    states = material.question(of, each.name, "states")
    cells = {
        **_common(each, of, each.name, material),
        "countries": countries_cell(found, countries, material),
        "states": states_cell(found, states, material),
        "perhaps": _perhaps(found, material),
    }
    return material.row(of, each.name, cells)


def _perhaps(found: tuple[Landed, ...], material: Material) -> Cell:
    """Third states that may be able to compel, where they are among those that are known to come into question."""
    codes = sorted(
        {
            code
            for one in found
            for code in possible_states(one.placement) - sure_states(one.placement)
            if is_third(code, material)
        }
    )
    if not codes:
        return NOT_APPLICABLE
    here = Note("registers.declared-here")
    places = dict.fromkeys(one.placed.resource.where for one in found)
    return fact(*codes, because=tuple(Step(place, here) for place in places))


def _inside(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("inside")
    found = personal(each.landed)
    placements = [one.placement for one in found]
    where = [each.country for each in placements]
    control = [each.control for each in placements]
    cells = {
        **_common(each, of, each.name, material),
        "countries": told(known_values(where), placements, where, (Shows.PLACE,)),
        "states": told(known_values(control), placements, control, CONTROL_SHOWN),
    }
    return material.row(of, each.name, cells)
