"""Which placements have personal data, and what they process together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname
from typing import Final

from msgspec import Struct

from sovlint.model.placement import ClassClaim, How, Source
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Known, Step
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Content, Question, fact
from sovlint.registers.drafting.arrangements import INVENTORY, Arrangement, arrangements
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.report.pieces.landings import Landed

RECORD: Final = "article-30"
"""The form whose mappings all registers of the GDPR share."""
GUESSES: Final = frozenset({How.INFERRED, How.DEFAULT})


class RecordedProcessing(Struct, frozen=True):
    """An entry of an inventory, or what is deployed together: its ``name``, and the placements that have personal data."""

    name: str
    landed: tuple[Landed, ...]
    arrangements: tuple[Arrangement, ...]
    entry: Resource | None = None

    @property
    def declared(self) -> tuple[Because, ...]:
        """Where it is declared."""
        here = Note("registers.declared-here")
        if self.entry is not None:
            return (Step(self.entry.where, here),)
        places = dict.fromkeys(one.placed.resource.where for one in self.landed)
        return tuple(Step(place, here) for place in places)

    def stated(self, path: str) -> Cell | None:
        """A text of the inventory's entry as a cell; ``None`` where it says nothing."""
        if self.entry is None:
            return None
        return stated(self.entry, path)


def stated(entry: Resource, path: str) -> Cell | None:
    """A text of an entry of an inventory as a cell; ``None`` where it says nothing."""
    for each in entry.attributes.read(path):
        if isinstance(each.value, Known) and not each.value.sensitive:
            step = Step(each.where, Note("registers.stated-here"))
            return fact(str(each.value.value), because=(each.value.because or step,))
    return None


def personal(found: Iterable[Landed]) -> tuple[Landed, ...]:
    """Those of the placements that have personal data, as far as their classes say it."""
    return tuple(one for one in found if personal_claims([one]))


def personal_claims(found: Iterable[Landed]) -> tuple[ClassClaim, ...]:
    """What is claimed of personal data."""
    others = form(RECORD).mappings["not-personal"]
    return tuple(
        claim
        for one in found
        for claim in one.placed.classes.claims
        if claim.data_class not in others
    )


def used(material: Material) -> tuple[Arrangement, ...]:
    """The arrangements with companies that have personal data."""
    return tuple(each for each in arrangements(material) if personal(each.landed))


def processings(material: Material) -> Iterator[RecordedProcessing]:
    """Entries of inventories, then what is deployed together."""
    listed: dict[str, list[Arrangement]] = {}
    for each in used(material):
        if each.entry is not None:
            listed.setdefault(each.name, []).append(each)
    for name, found in listed.items():
        landed = tuple(one for each in found for one in personal(each.landed))
        yield RecordedProcessing(name, landed, tuple(found), found[0].entry)
    together: dict[str, list[Landed]] = {}
    for one in personal(material.landed):
        if one.placed.resource.front_end != INVENTORY:
            together.setdefault(_together(one.placed.resource), []).append(one)
    for name in sorted(together):
        yield RecordedProcessing(name, tuple(together[name]), ())


def _together(resource: Resource) -> str:
    """What a resource is deployed with: its root, or its folder where it has none."""
    return resource.root or dirname(resource.span.path) or "."


def left_out(material: Material) -> tuple[Note, ...]:
    """How many placements no register of personal data has, since no class says what they carry."""
    count = sum(
        1 for one in material.landed if not personal_claims([one]) and not _is_anonymous(one)
    )
    return (Note("registers.left-out", {"count": count}),) if count else ()


def _is_anonymous(one: Landed) -> bool:
    """Whether its classes say that no data of it is about people."""
    others = form(RECORD).mappings["not-personal"]
    claims = one.placed.classes.claims
    return bool(claims) and all(others.get(each.data_class) == "never" for each in claims)


# --- cells


def data_cell(claims: Iterable[ClassClaim], question: Question, material: Material) -> Cell:
    """The classes of personal data, as declared or as they flow in; what names alone suggest fills nothing."""
    listed = tuple(claims)
    sure = [each for each in listed if each.how not in GUESSES]
    if sure:
        return fact(*_names(sure, material), because=_chains(sure))
    names = _names(listed, material)
    note = Note("registers.suggested", {"classes": names}) if names else None
    return material.answers.cell(question, note)


def suggested_cell(claims: Iterable[ClassClaim], material: Material) -> Cell:
    """The classes that names alone suggest, beside those that are known."""
    listed = tuple(claims)
    sure = {each.data_class for each in listed if each.how not in GUESSES}
    more = [each for each in listed if each.data_class not in sure]
    if not more:
        return NOT_APPLICABLE
    return fact(*_names(more, material), because=_chains(more))


def special_cell(
    claims: Iterable[ClassClaim], question: Question, material: Material
) -> Cell:
    """Which particular protection the classes have by law; that others have none isn't said."""
    special = form(RECORD).mappings["special"]
    found = [
        each for each in claims if each.data_class in special and each.how not in GUESSES
    ]
    if not found:
        return material.answers.cell(question)
    codes = sorted({special[each.data_class] for each in found})
    return fact(*codes, because=_chains(found), sources=(_source("gdpr"),))


def _names(claims: Iterable[ClassClaim], material: Material) -> tuple[Content, ...]:
    ids = sorted({each.data_class for each in claims})
    return tuple(material.world.classes.get(each, each) for each in ids)


def _chains(claims: Iterable[ClassClaim]) -> tuple[Because, ...]:
    return tuple(dict.fromkeys(each.because for each in claims if each.because is not None))


def _source(name: str) -> Source:
    return form(RECORD).sources[name].cited()
