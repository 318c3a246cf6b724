"""States outside the area in which data moves freely: which of them placements reach, and what covers transfers there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sovlint.model.placement import CONTROL_SHOWN, NOBODY_KNOWS, Placement, Shows
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known, Unknown
from sovlint.model.world import GENERAL, Adequacy
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Question, fact
from sovlint.registers.drafting.gathered import gathered, is_shown, known_values, told
from sovlint.registers.drafting.gdpr.personal import RECORD
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.report.pieces.landings import Landed


def is_third(code: str, material: Material) -> bool:
    """Whether a state lies outside the area in which the GDPR lets data move."""
    area = form(RECORD).mappings["area"]["inside"]
    state = material.world.states.get(code)
    return code != area and (state is None or area not in state.areas)


def third_countries(found: Iterable[Landed], material: Material) -> tuple[str, ...]:
    """The third countries in which data is known to sit."""
    codes = known_values([one.placement.country for one in found])
    return tuple(code for code in codes if is_third(code, material))


def sure_states(placement: Placement) -> frozenset[str]:
    """The states that surely can compel the company of a placement: of several possibilities, those in all of them."""
    members = _members(placement.control)
    sure = frozenset.intersection(*members) if members else frozenset()
    return sure - {NOBODY_KNOWS}


def possible_states(placement: Placement) -> frozenset[str]:
    """Those that can, or may be able to."""
    return frozenset[str]().union(*_members(placement.control)) - {NOBODY_KNOWS}


def states_known(placement: Placement) -> bool:
    """Whether all states that can compel the company are known."""
    control = placement.control
    return is_shown(control) and NOBODY_KNOWS not in known_values([control])


def _members(control: Fact[tuple[str, ...]]) -> list[frozenset[str]]:
    if isinstance(control, Unknown):
        members = control.among or ()
        if control.sensitive or any(each.sensitive for each in members):
            return []
        return [frozenset(known_values([each])) for each in members]
    return [frozenset(known_values([control]))]


def adequacy(code: str, material: Material) -> Adequacy | None:
    """The adequacy decision on a state that is in force on the day."""
    state = material.jurisdictions.get(code)
    decision = state.adequacy if state is not None else None
    return decision if decision is not None and decision.in_force(material.as_of) else None


def state_name(code: str, material: Material) -> str | Bilingual:
    """What a state is called."""
    state = material.world.states.get(code)
    return state.name if state is not None else code


# --- cells


def countries_cell(found: Sequence[Landed], question: Question, material: Material) -> Cell:
    """Where data sits."""
    return gathered(
        found, lambda each: each.country, question, material.answers, (Shows.PLACE,)
    )


def states_cell(found: Sequence[Landed], question: Question, material: Material) -> Cell:
    """The states that can compel the companies of placements."""
    if all(states_known(one.placement) for one in found):
        return gathered(
            found, lambda each: each.control, question, material.answers, CONTROL_SHOWN
        )
    sure = sorted({code for one in found for code in sure_states(one.placement)})
    note = Note("registers.partly", {"known": tuple(sure)}) if sure else None
    return material.answers.cell(question, note)


def transfers_cell(found: Sequence[Landed], question: Question, material: Material) -> Cell:
    """The third countries in which data sits; that there is none, where every country is known."""
    third = third_countries(found, material)
    facts = [one.placement.country for one in found]
    if not all(map(is_shown, facts)):
        note = Note("registers.partly", {"known": third}) if third else None
        return material.answers.cell(question, note)
    placements = [one.placement for one in found]
    return told(
        third or (Note("registers.no-third-country"),), placements, facts, (Shows.PLACE,)
    )


def safeguards_cell(found: Sequence[Landed], question: Question, material: Material) -> Cell:
    """What covers the transfers to the third countries in which data sits: adequacy decisions, else a question."""
    third = third_countries(found, material)
    if not third and all(is_shown(one.placement.country) for one in found):
        return NOT_APPLICABLE
    decisions = {code: adequacy(code, material) for code in third}
    general = {
        code: each
        for code, each in decisions.items()
        if each is not None and each.kind == GENERAL
    }
    if (
        third
        and len(general) == len(third)
        and all(isinstance(one.placement.country, Known) for one in found)
    ):
        covered = (
            Note("registers.adequate", {"state": state_name(code, material)})
            for code in general
        )
        return fact(
            *covered, sources=tuple(dict.fromkeys(each.source for each in general.values()))
        )
    names = tuple(state_name(code, material) for code in general)
    note = Note("registers.adequate-some", {"states": names}) if names else None
    return material.answers.cell(question, note)
