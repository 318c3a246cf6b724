"""What the catalogue says of a state on a day: an adequacy decision, the laws by which it can compel, and when they end."""

from __future__ import annotations

from typing import Final

from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because
from sovlint.model.world import GENERAL, Law, Standing
from sovlint.registers.cells import Cell, Content, Question, fact
from sovlint.registers.drafting.gdpr.third_states import adequacy
from sovlint.registers.drafting.material import Material

NOT_NEEDED: Final = "not-needed"
DEPENDS: Final = "depends"
NEEDED: Final = "needed"


def need(code: str, material: Material) -> str:
    """Whether an assessment is asked for of transfers to a state."""
    decision = adequacy(code, material)
    if decision is None:
        return NEEDED
    return NOT_NEEDED if decision.kind == GENERAL else DEPENDS


def adequacy_cell(code: str, because: tuple[Because, ...], material: Material) -> Cell:
    """The adequacy decision in force on a state; that the catalogue has none."""
    decision = adequacy(code, material)
    if decision is None:
        return fact(Note("registers.no-adequacy"), because=because)
    said: list[Content] = [Note(f"registers.adequacy-{decision.kind}")]
    if decision.since is not None:
        said.append(Note("registers.since", {"day": str(decision.since)}))
    if decision.until is not None:
        said.append(Note("registers.until", {"day": str(decision.until)}))
    said += _noted(decision.note)
    return fact(*said, sources=(decision.source,))


def laws_cell(code: str, question: Question, material: Material) -> Cell:
    """The laws with reach abroad as they stand on the day; a question where the catalogue has none."""
    found = _laws(code, material)
    if not found:
        return material.answers.cell(question, Note("registers.no-laws"))
    contents = [_law(each, material) for each in found]
    return fact(*contents, sources=tuple(dict.fromkeys(each.source for each in found)))


def lapses_cell(code: str, because: tuple[Because, ...], material: Material) -> Cell:
    """What is known to change, and when; that nothing is."""
    said: list[Content] = []
    sources = []
    decision = adequacy(code, material)
    if decision is not None and decision.until is not None:
        said.append(Note("registers.decision-ends", {"day": str(decision.until)}))
        sources.append(decision.source)
    if decision is not None and decision.note is not None:
        said.append(Note("registers.decision-noted", {"note": decision.note}))
        sources.append(decision.source)
    for law in _laws(code, material):
        last = law.continues_until or law.until
        if last is not None:
            said.append(Note("registers.law-lapses", {"law": law.name, "day": str(last)}))
            sources.append(law.source)
    if not said:
        return fact(Note("registers.no-lapse"), because=because)
    return fact(*said, sources=tuple(dict.fromkeys(sources)))


def _laws(code: str, material: Material) -> list[Law]:
    """The laws of a state that are in force, or go on."""
    state = material.jurisdictions.get(code)
    counting = (Standing.IN_FORCE, Standing.CONTINUING)
    laws = state.laws if state is not None else ()
    return [each for each in laws if each.standing(material.as_of) in counting]


def _law(law: Law, material: Material) -> Note:
    """A law with its kind, its standing on the day, and what there is to say of it."""
    standing = law.standing(material.as_of)
    dated = "-since" if law.since and standing is Standing.IN_FORCE else ""
    params = {
        "name": law.name,
        "kind": Note(f"registers.law-kind-{law.kind}"),
        "since": str(law.since),
        "until": str(law.until),
        "end": str(law.continues_until),
    }
    said = Note(f"registers.law-{standing.value}{dated}", params)
    if law.note is None:
        return said
    return Note("registers.with-note", {"said": said, "note": law.note})


def _noted(note: Bilingual | None) -> list[Content]:
    return [note] if note is not None else []
